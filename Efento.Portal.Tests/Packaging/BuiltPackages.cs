using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Packaging;

/// <summary>The Debian package as <c>.ci/package</c> builds it, and one of a later version with the same program.</summary>
public sealed class BuiltPackages : IAsyncLifetime
{
    /// <summary>The later version.</summary>
    public const string LaterVersion = "99.1";

    /// <summary>Compiling ahead for a processor takes more than a minute of it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly TemporaryDirectory _directory = new();

    /// <summary>The package of this version.</summary>
    public string Present { get; private set; } = "";

    /// <summary>The package of <see cref="LaterVersion"/>.</summary>
    public string Later { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Present = await BuildAsync();
        Later = await BuildAsync("--version", LaterVersion);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> BuildAsync(params string[] arguments)
    {
        var output = await ShellRun.OfAsync(
            Limit, [
                RepositoryFiles.PathOf(".ci/package"), "--output", _directory.Path, "--published", Path.Combine(_directory.Path, "program"),
                .. arguments
            ]);
        return output.TrimEnd().Split('\n')[^1];
    }
}
