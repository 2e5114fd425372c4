using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Health;

/// <summary>What follows from an attempt for the channel. A pure function of its state, the result and the time.</summary>
internal static class ChannelRules
{
    /// <summary>After so many failures in a row there is an alarm.</summary>
    public const int AlarmAfter = 5;

    /// <summary>A channel of HTTP that failed for so long is switched off.</summary>
    public static readonly TimeSpan OffAfter = TimeSpan.FromDays(1);

    /// <summary>However long a server asks to be left alone, it is asked again after this time.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>
    /// Takes the result of an attempt. A message that is refused says nothing of the channel: it was the message's fault.
    /// </summary>
    /// <returns>Whether the channel was switched off by it.</returns>
    public static bool Take(ChannelHealth its, ChannelKind kind, SendResult result, DateTimeOffset now)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Accepted:
                (its.SucceededUtc, its.SuccessAnswer) = (now, result.Answer);
                (its.Failures, its.FailingSinceUtc, its.PausedUntilUtc) = (0, null, null);
                return false;
            case SendOutcome.TryAgain:
                (its.FailedUtc, its.FailureAnswer) = (now, result.Answer);
                (its.Failures, its.FailingSinceUtc) = (its.Failures + 1, its.FailingSinceUtc ?? now);
                its.PausedUntilUtc = Later(its.PausedUntilUtc, now, result.RetryAfter);
                return SwitchOff(its, kind, now);
            default:
                return false;
        }
    }

    /// <summary>Whether channels of a kind are switched off after a day: what fails for so long at an address of HTTP is gone.</summary>
    public static bool IsSwitchedOff(ChannelKind kind) => kind
        is ChannelKind.Webhook or ChannelKind.Ntfy or ChannelKind.Slack or ChannelKind.Teams or ChannelKind.Sms;

    /// <summary>Whether messages do not get through, so that somebody has to know. Whoever switched it off knows.</summary>
    public static bool IsAlarm(ChannelHealth its) => its.OffUtc is null ? its.Failures >= AlarmAfter : its.OffBy is null;

    private static bool SwitchOff(ChannelHealth its, ChannelKind kind, DateTimeOffset now)
    {
        var since = its.OnUtc > its.FailingSinceUtc ? its.OnUtc : its.FailingSinceUtc;
        if (!IsSwitchedOff(kind) || its.OffUtc is not null || now - since < OffAfter)
        {
            return false;
        }

        (its.OffUtc, its.OffBy) = (now, null);
        return true;
    }

    private static DateTimeOffset? Later(DateTimeOffset? before, DateTimeOffset now, TimeSpan? wait)
    {
        DateTimeOffset? until = wait is { } asked ? now + (asked < LongestPause ? asked : LongestPause) : null;
        return before is null || until > before ? until : before;
    }
}
