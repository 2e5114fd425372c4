namespace Efento.Portal.Notifications.Channels;

/// <summary>What became of an attempt to send a message.</summary>
/// <param name="Outcome">Whether to try again.</param>
/// <param name="Answer">What the other server said last, in its own words, or why there was no answer.</param>
/// <param name="Conversation">What was said by both, line by line, with secrets masked.</param>
public sealed record SendResult(SendOutcome Outcome, string Answer, IReadOnlyList<string> Conversation)
{
    /// <summary>How long the other server asks to be left alone; null if it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
