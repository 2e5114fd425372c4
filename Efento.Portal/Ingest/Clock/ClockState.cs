namespace Efento.Portal.Ingest.Clock;

/// <summary>
/// The state of the server's clock that must survive a restart, so that a wrong clock deletes nothing. The table has a single row.
/// </summary>
public sealed class ClockState
{
    /// <summary>The key of the only row.</summary>
    public const int SingleId = 1;

    /// <summary>The key.</summary>
    public int Id { get; init; } = SingleId;

    /// <summary>By how much the clock jumped while the portal ran, in ms; null if nothing has to be confirmed.</summary>
    public long? JumpMs { get; set; }

    /// <summary>When it jumped, by the clock after the jump.</summary>
    public DateTimeOffset? JumpedUtc { get; set; }

    /// <summary>
    /// The delay between measurement and receipt of most loggers' records when a person confirmed the clock, in ms; null if nobody did.
    /// </summary>
    public long? AcceptedDelayMs { get; set; }

    /// <summary>
    /// Whether a person confirmed the clock and no logger was heard since. The delay is then taken from the next records.
    /// </summary>
    public bool IsDelayToBeTaken { get; set; }
}
