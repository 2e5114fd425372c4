using System.Security.Cryptography;

namespace Efento.Portal.Access;

/// <summary>
/// The link for making the first administrator. It is printed to the log of a portal without accounts, and is valid until there is an
/// account or the portal ends.
/// </summary>
internal sealed partial class SetupLink(OwnAddress address, PeopleDirectory people, ILogger<SetupLink> log) : IHostedLifecycleService
{
    private readonly string _code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    /// <summary>Whether a code is that of the link, and the link is still valid.</summary>
    public bool Opens(string? code) =>
        people.IsEmpty && code is not null && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(code), System.Text.Encoding.UTF8.GetBytes(_code));

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (people.IsEmpty)
        {
            LogLink(log, address.LinkTo($"setup?code={_code}"));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in yet. Set the portal up with this link: {Link}")]
    private static partial void LogLink(ILogger log, string link);
}
