namespace Efento.Portal.Notifications.Channels;

/// <summary>What an attempt came to.</summary>
/// <param name="Outcome">Whether to try again.</param>
/// <param name="Answer">What the other server said, or why there was no answer.</param>
internal readonly record struct Verdict(SendOutcome Outcome, string Answer)
{
    /// <summary>How long the other server asks to be left alone; null if it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Verdict Accepted(string answer) => new(SendOutcome.Accepted, answer);

    public static Verdict TryAgain(string answer) => new(SendOutcome.TryAgain, answer);

    public static Verdict Refused(string answer) => new(SendOutcome.Refused, answer);
}
