using System.Buffers;
using System.Globalization;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Parses and formats durations as users type them: <c>30s</c>, <c>3m</c>, <c>1h30m</c>, <c>7d</c>, <c>1.5h</c>, <c>500ms</c>,
/// <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>. A number without a unit is rejected, because it is ambiguous.
/// </summary>
internal static class DurationText
{
    /// <summary>Examples for error messages.</summary>
    public const string Examples = "30s, 3m, 1h, 7d or 00:03:00";

    // "ms" comes before "m", because the longest matching unit counts.
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789.");

    /// <summary>Parses a duration; false if the text is not one, is negative, or does not fit.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        var rest = text.AsSpan().Trim();
        return rest.Count(':') == 2 ? TryParseClock(rest, out duration) : TryParseUnits(rest, out duration);
    }

    /// <summary>
    /// The shortest text of whole units that <see cref="TryParse"/> reads back, such as "1h30m"; exact to the millisecond.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        var rest = (decimal)duration.Ticks;
        var text = "";
        foreach (var (unit, ticks) in Units.Reverse())
        {
            var count = decimal.Truncate(rest / ticks);
            rest -= count * ticks;
            text += count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
        }

        return text.Length == 0 ? "0s" : text;
    }

    private static bool TryParseClock(ReadOnlySpan<char> text, out TimeSpan duration) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;

    private static bool TryParseUnits(ReadOnlySpan<char> rest, out TimeSpan duration)
    {
        duration = default;
        var ticks = 0m;
        do
        {
            if (!TryTakeNumber(ref rest, out var number) || !TryTakeUnit(ref rest, out var unit))
            {
                return false;
            }

            ticks += number * unit;
        }
        while (!rest.IsEmpty);

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = new TimeSpan((long)ticks);
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> rest, out decimal number)
    {
        var length = rest.IndexOfAnyExcept(InNumbers);
        number = 0;

        // Twelve digits of the largest unit easily fit into a decimal.
        if (
            length is < 1 or > 12
                || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        foreach (var (unit, unitTicks) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[unit.Length..];
                ticks = unitTicks;
                return true;
            }
        }

        ticks = 0;
        return false;
    }
}
