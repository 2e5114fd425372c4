namespace Efento.Portal.Notifications.Health;

/// <summary>How a channel fares: whether messages get through, what its server said last, and whether it is switched off.</summary>
public sealed class ChannelHealth
{
    /// <summary>The key of the channel.</summary>
    public required string Key { get; init; }

    /// <summary>When its server last took a message; null if it never did.</summary>
    public DateTimeOffset? SucceededUtc { get; set; }

    /// <summary>What its server said then.</summary>
    public string? SuccessAnswer { get; set; }

    /// <summary>When an attempt last failed; null if none ever did.</summary>
    public DateTimeOffset? FailedUtc { get; set; }

    /// <summary>What its server said then, or why it said nothing.</summary>
    public string? FailureAnswer { get; set; }

    /// <summary>How many attempts have failed since the last one that succeeded.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them failed; null if the last attempt succeeded.</summary>
    public DateTimeOffset? FailingSinceUtc { get; set; }

    /// <summary>Until when its server asked to be left alone; null if it did not.</summary>
    public DateTimeOffset? PausedUntilUtc { get; set; }

    /// <summary>When it was switched off; null while it is on.</summary>
    public DateTimeOffset? OffUtc { get; set; }

    /// <summary>Who switched it off; null if the portal did because it failed for a day.</summary>
    public string? OffBy { get; set; }

    /// <summary>When it was last switched on again; null if it never was off.</summary>
    public DateTimeOffset? OnUtc { get; set; }

    /// <summary>When it was last tested; null if it never was.</summary>
    public DateTimeOffset? TestedUtc { get; set; }

    /// <summary>Who tested it.</summary>
    public string? TestedBy { get; set; }

    /// <summary>Its state.</summary>
    public ChannelState State =>
        OffUtc is not null ? ChannelState.Off : FailingSinceUtc is not null ? ChannelState.Failing : ChannelState.Ok;
}

/// <summary>The state of a channel.</summary>
public enum ChannelState : byte
{
    /// <summary>The last attempt succeeded, or there was none.</summary>
    Ok,

    /// <summary>The last attempt failed.</summary>
    Failing,

    /// <summary>It is switched off: messages wait.</summary>
    Off,
}
