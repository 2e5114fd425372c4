namespace Efento.Portal.Notifications.Watching;

/// <summary>How the calls of the dead-man address fare since the portal started.</summary>
/// <param name="NextUtc">When the next call is due.</param>
public sealed record DeadManState(DateTimeOffset NextUtc)
{
    /// <summary>When a call last succeeded; null if none did.</summary>
    public DateTimeOffset? CalledUtc { get; init; }

    /// <summary>What the server answered then.</summary>
    public string? Answer { get; init; }

    /// <summary>How many calls have failed since one succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>Since when calls fail; null if the last one succeeded.</summary>
    public DateTimeOffset? FailingSinceUtc { get; init; }

    /// <summary>What the server answered last, or why it said nothing; null if the last call succeeded.</summary>
    public string? FailureAnswer { get; init; }

    /// <summary>Since when calls stay out because the portal does not watch; null if they don't.</summary>
    public DateTimeOffset? HeldSinceUtc { get; init; }

    /// <summary>Why they stay out.</summary>
    public WatchFault? Held { get; init; }
}
