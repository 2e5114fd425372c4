using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>A data directory, a place for backups, and the commands that work on both.</summary>
internal sealed class BackupBench : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _backups = new();

    /// <summary>The data directory of the portal.</summary>
    public string Data => _data.Path;

    /// <summary>Where backups go.</summary>
    public string Backups => _backups.Path;

    /// <summary>Where they are restored to, which does not exist yet.</summary>
    public string Restored => Path.Combine(_backups.Path, "restored");

    /// <summary>The file with the passphrase, which is beside neither.</summary>
    public string PassphraseFile { get; } = Path.Combine(Path.GetTempPath(), $"efento-passphrase-{Guid.NewGuid():N}");

    /// <summary>Everything in the place for backups, hidden files as well.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFileSystemEntries(Backups).Select(path => Path.GetFileName(path))];

    /// <summary>Starts a portal on the data directory.</summary>
    public Task<PortalUnderTest> StartAsync(string? data = null, PortalStart? start = null) =>
        PortalUnderTest.StartAsync((start ?? new()) with { DataDirectory = data ?? Data });

    /// <summary>Runs <c>backup</c>.</summary>
    public Task<CommandRun> BackUpAsync(string? to = null, params string[] further) =>
        CommandRun.OfAsync(["backup", "--to", to ?? Backups, "--data-directory", Data, .. further]);

    /// <summary>Runs <c>restore</c>.</summary>
    public Task<CommandRun> RestoreAsync(string file, params string[] further) =>
        CommandRun.OfAsync(["restore", file, "--to", Restored, .. further]);

    /// <summary>Writes a passphrase into its file.</summary>
    /// <returns>The options that name it.</returns>
    public string[] Passphrase(string passphrase)
    {
        File.WriteAllText(PassphraseFile, passphrase + "\n");
        return ["--passphrase-file", PassphraseFile];
    }

    /// <summary>Has a gateway deliver some readings.</summary>
    public static async Task MeasureAsync(PortalUnderTest portal, int messages = 5)
    {
        for (var i = 0; i < messages; i++)
        {
            var record = Some.Record(Some.Serial(), Some.Now().AddDays(-i), 20 + i);
            Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(record))).Status);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(PassphraseFile);
        _backups.Dispose();
        _data.Dispose();
    }
}
