using System.Globalization;

namespace Efento.Portal.Maintenance;

/// <summary>Puts into words why a local time is not one moment, in the current language, for pages and commands.</summary>
internal static class WallTimeWords
{
    /// <summary>Why it is not one moment; empty if it is.</summary>
    public static string Remark(WallTime time) => time switch
    {
        { Instead: { } instead } => ClockText.Skipped(ClockOf(time.Local), DayOf(time.Local), ClockOf(instead.DateTime)),
        { Moments: [var first, var second, ..] } => ClockText.Twice(
            ClockOf(time.Local), DayOf(time.Local), WallTime.OffsetOf(first), WallTime.OffsetOf(second)),
        _ => "",
    };

    // Month names depend on the language, even if a command writes numbers in the machine's culture.
#pragma warning disable CA1305
    private static string DayOf(DateTime local) => local.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture);
#pragma warning restore CA1305

    private static string ClockOf(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
