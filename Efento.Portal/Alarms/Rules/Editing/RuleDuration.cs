using System.Globalization;

namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>Times as rules.json writes them: a whole number and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class RuleDuration
{
    private static readonly (string Unit, long Ms)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)];

    /// <summary>A time in the largest unit of which it is a whole number.</summary>
    /// <param name="ms">The time in ms, a multiple of 1000.</param>
    public static string Text(long ms)
    {
        if (ms == 0)
        {
            return "0m";
        }

        var (unit, size) = Units.First(u => ms % u.Ms == 0 || u.Ms == 1_000);
        return string.Create(CultureInfo.InvariantCulture, $"{ms / size}{unit}");
    }

    /// <summary>The time in ms; null if it is not one.</summary>
    public static long? Parse(string text)
    {
        var unit = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        return unit.Unit is not null && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count * unit.Ms
            : null;
    }
}
