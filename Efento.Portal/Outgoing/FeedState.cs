namespace Efento.Portal.Outgoing;

/// <summary>A feed as it stands.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Channel">The key of its channel.</param>
/// <param name="Place">The location whose measurements it sends, as it was typed.</param>
/// <param name="Resets">How often it was reset since the start.</param>
public sealed record FeedState(string Key, string Channel, string Place, int Resets)
{
    /// <summary>Up to which receipt it has sent; null if it has sent nothing yet.</summary>
    public DateTimeOffset? SentUpToUtc { get; init; }

    /// <summary>How many messages with readings follow, of the whole site.</summary>
    public int Messages { get; init; }

    /// <summary>How many readings they have.</summary>
    public long Readings { get; init; }

    /// <summary>When the first of them was received; null if none follows.</summary>
    public DateTimeOffset? OldestUtc { get; init; }

    /// <summary>When its receiver last took something; null if it has not since the start.</summary>
    public DateTimeOffset? AnsweredUtc { get; init; }

    /// <summary>What the receiver said then.</summary>
    public string? Answer { get; init; }

    /// <summary>Since when it fails to send; null if it does not.</summary>
    public DateTimeOffset? FailingSinceUtc { get; init; }

    /// <summary>Why it fails.</summary>
    public string? Failure { get; init; }
}
