using Efento.Portal.Alarms;

namespace Efento.Portal.Notifications.Telling;

/// <summary>
/// Whether an alarm begins again and again. It is told so once; after that, only what lasts is told. The record of each alarm is complete.
/// </summary>
internal static class Flapping
{
    /// <summary>The most times that an alarm begins within <see cref="Within"/> before it is called flapping.</summary>
    public const int Most = 5;

    /// <summary>The time in which begins are counted.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(1);

    /// <summary>How long a warning that flaps has to last until it is told.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>How long a critical alarm that flaps has to last until it is told.</summary>
    public static readonly TimeSpan CriticalLasts = TimeSpan.FromMinutes(2);

    /// <summary>What is told of an alarm that began so often within the time, this one included.</summary>
    public static Course Of(int begins) => begins <= Most ? Course.Usual : begins == Most + 1 ? Course.BeginsToFlap : Course.Flaps;

    /// <summary>How long an alarm that flaps has to last until it is told.</summary>
    public static TimeSpan LastsOf(AlarmLevel level) => level is AlarmLevel.Critical ? CriticalLasts : Lasts;
}

/// <summary>How often an alarm comes back.</summary>
internal enum Course
{
    /// <summary>It is told as it is.</summary>
    Usual,

    /// <summary>It is told as flapping.</summary>
    BeginsToFlap,

    /// <summary>It was told as flapping before.</summary>
    Flaps,
}
