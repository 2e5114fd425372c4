using System.Globalization;
using System.Text;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Components.Controls;

/// <summary>
/// Draws the last 24 hours of a series as SVG of <see cref="Width"/> × <see cref="Height"/>. For each hour it shows the mean and a band
/// from the smallest to the largest value; for a binary series, the times of the state that needs attention. No line crosses a gap, and
/// gaps are shaded. Limits are faint lines, as far as they are near the values.
/// </summary>
internal static class Sparkline
{
    /// <summary>The width in units of the drawing.</summary>
    public const int Width = 100;

    /// <summary>The height in units of the drawing.</summary>
    public const int Height = 32;

    private const double Margin = 2;
    private const double Edge = 1;

    /// <summary>A limit further away would leave less than this share of the height for the values.</summary>
    private const double LeastShare = 1.0 / 3;

    /// <summary>Returns the content of the svg element.</summary>
    /// <param name="day">The hours.</param>
    /// <param name="limits">The limits in force; null if there are none.</param>
    public static string Draw(LastDay day, ValueLimits? limits = null)
    {
        if (day.Hours.Count == 0)
        {
            return $"<rect class=\"gap\" width=\"{Width}\" height=\"{Height}\"/>";
        }

        var svg = new StringBuilder();
        foreach (var gap in day.Gaps)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"gap\" x=\"{X(day, gap.FromMs):0.#}\" width=\"{X(day, gap.ToMs) - X(day, gap.FromMs):0.#}\" height=\"{Height}\"/>");
        }

        var scale = Scale(day, limits);
        foreach (var limit in LimitsWithin(limits, scale))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"limit\" d=\"M0 {scale.Y(limit):0.#}H{Width}\"/>");
        }

        foreach (var part in Parts(day))
        {
            if (day.Type.Kind is MeasurementKind.Binary)
            {
                AppendStates(svg, day, part);
            }
            else
            {
                AppendBand(svg, day, part, scale);
            }
        }

        return svg.ToString();
    }

    private static IEnumerable<IReadOnlyList<Rollup>> Parts(LastDay day)
    {
        var hours = day.Hours;
        HashSet<long> lastBeforeGap = [.. day.Gaps.Select(g => g.FromMs)];
        var from = 0;
        for (var i = 0; i < hours.Count; i++)
        {
            if (i + 1 == hours.Count || lastBeforeGap.Contains(hours[i].LastMs))
            {
                yield return [.. hours.Skip(from).Take(i + 1 - from)];
                from = i + 1;
            }
        }
    }

    private static void AppendBand(StringBuilder svg, LastDay day, IReadOnlyList<Rollup> hours, ValueScale scale)
    {
        var (band, line) = (new StringBuilder(), new StringBuilder());
        foreach (var hour in hours)
        {
            band.Append(CultureInfo.InvariantCulture, $"{(band.Length == 0 ? 'M' : 'L')}{Middle(day, hour):0.#} {scale.Y(hour.Max):0.#}");
            line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{Middle(day, hour):0.#} {scale.Y(hour.Mean):0.#}");
        }

        foreach (var hour in hours.Reverse())
        {
            band.Append(CultureInfo.InvariantCulture, $"L{Middle(day, hour):0.#} {scale.Y(hour.Min):0.#}");
        }

        // A line without length is drawn as a dot, because its ends are round. A single dot is wider than a line.
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"band\" d=\"{band}Z\"/><path class=\"line{(hours.Count == 1 ? " dot" : "")}\" d=\"{line}{(hours.Count == 1 ? "h0" : "")}\"/>");
    }

    private static void AppendStates(StringBuilder svg, LastDay day, IReadOnlyList<Rollup> hours)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"line\" d=\"M{X(day, hours[0].FirstMs):0.#} {Height - Margin:0.#}H{X(day, hours[^1].LastMs):0.#}\"/>");
        foreach (var hour in hours.Where(h => h.Max >= 0.5))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"state\" x=\"{X(day, hour.FirstMs):0.#}\" y=\"6\" width=\"{Math.Max(1.5, X(day, hour.LastMs) - X(day, hour.FirstMs)):0.#}\" height=\"{Height - 6 - Margin:0.#}\"/>");
        }
    }

    private static IEnumerable<double> LimitsWithin(ValueLimits? limits, ValueScale scale) =>
        limits is null ? [] : limits.Numbers.Where(limit => limit >= scale.Low && limit <= scale.High);

    private static ValueScale Scale(LastDay day, ValueLimits? limits)
    {
        var own = Scale(day);
        var most = (own.High - own.Low) / LeastShare;
        var low = limits?.Numbers.Where(l => l < own.Low && own.High - l <= most).DefaultIfEmpty(own.Low).Max() ?? own.Low;
        var high = limits?.Numbers.Where(l => l > own.High && l - low <= most).DefaultIfEmpty(own.High).Min() ?? own.High;
        return new(low, high);
    }

    private static ValueScale Scale(LastDay day)
    {
        var (middle, half) = ((day.Min + day.Max) / 2, (day.Max - day.Min) / 2);
        half = Math.Max(half, Math.Max(day.Type.SmallestSpan / 2, double.Epsilon));
        return half > 0 && middle + half > middle ? new(middle - half, middle + half) : new(middle - 1, middle + 1);
    }

    /// <summary>The right edge is left free, so that a dot for the present has room.</summary>
    private static double X(LastDay day, long ms) =>
        (double)(Math.Max(ms, day.FromMs) - day.FromMs) / Math.Max(1, day.ToMs - day.FromMs) * (Width - Edge);

    private static double Middle(LastDay day, in Rollup hour) => X(day, hour.FirstMs + ((hour.LastMs - hour.FirstMs) / 2));

    private readonly record struct ValueScale(double Low, double High)
    {
        public double Y(double value) => Height - Margin - ((value - Low) / (High - Low) * (Height - (2 * Margin)));
    }
}
