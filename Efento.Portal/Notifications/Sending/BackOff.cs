namespace Efento.Portal.Notifications.Sending;

/// <summary>How long a delivery waits for its next attempt.</summary>
internal static class BackOff
{
    /// <summary>A delivery that nobody has taken for so long has failed.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(3);

    /// <summary>The part of a wait that chance adds or takes, so that not all deliveries come back at once.</summary>
    private const double Jitter = 0.2;

    private static readonly int[] FirstSeconds = [5, 15, 30, 60];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait after an attempt: about 5, 15, 30 and 60 s, then twice as long each time, up to 15 minutes.</summary>
    /// <param name="attempts">The number of attempts so far, from 1.</param>
    /// <param name="chance">From 0 to below 1.</param>
    public static TimeSpan After(int attempts, double chance)
    {
        var wait = attempts <= FirstSeconds.Length
            ? TimeSpan.FromSeconds(FirstSeconds[attempts - 1])
            : TimeSpan.FromSeconds(FirstSeconds[^1] * Math.Pow(2, Math.Min(attempts - FirstSeconds.Length, 10)));
        return (wait < Longest ? wait : Longest) * (1 + (Jitter * ((2 * chance) - 1)));
    }
}
