namespace Efento.Portal.Access;

/// <summary>How long an account takes no password after wrong ones in a row.</summary>
internal static class Lockout
{
    /// <summary>Wrong passwords in a row that cost nothing.</summary>
    private const int FreeAttempts = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>How long an account is locked after so many wrong passwords in a row; null for not at all.</summary>
    public static TimeSpan? DelayAfter(int failures)
    {
        if (failures < FreeAttempts)
        {
            return null;
        }

        var doublings = Math.Min(failures - FreeAttempts, 12);
        var delay = FirstDelay * Math.Pow(2, doublings);
        return delay < LongestDelay ? delay : LongestDelay;
    }

    /// <summary>Until when it is locked; null if it is not. No lock is so long that it ends later than the longest: then the clock has gone back.</summary>
    public static DateTimeOffset? LockedUntil(this User user, DateTimeOffset now) =>
        user.LockoutEnd is { } until && until > now && until - now <= LongestDelay ? until : null;
}
