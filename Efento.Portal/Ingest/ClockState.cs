namespace Efento.Portal.Ingest;

/// <summary>What has to be known of the server's clock after a restart, so that nothing is deleted by a wrong one: a single row.</summary>
public sealed class ClockState
{
    /// <summary>The key of the only row.</summary>
    public const int TheId = 1;

    /// <summary>The key.</summary>
    public int Id { get; init; } = TheId;

    /// <summary>By how much the clock jumped while the portal ran, in ms; null if nobody has to confirm it.</summary>
    public long? JumpMs { get; set; }

    /// <summary>When it jumped, by the clock after it.</summary>
    public DateTimeOffset? JumpedUtc { get; set; }

    /// <summary>How much later than measured most loggers' records came when a person confirmed the clock, in ms; null if nobody did.</summary>
    public long? AcceptedDelayMs { get; set; }

    /// <summary>Whether a person confirmed the clock and no logger has been heard since.</summary>
    public bool IsDelayToBeTaken { get; set; }
}
