using System.Globalization;
using System.Text;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Components.Controls;

/// <summary>
/// The last 24 hours of a series as SVG of <see cref="Width"/> × <see cref="Height"/>: of each hour the band from its smallest to its largest
/// value and the mean, of two states the times of the one that is told. No line crosses a gap, which is shaded.
/// </summary>
internal static class Sparkline
{
    /// <summary>Its width, in units of the drawing.</summary>
    public const int Width = 100;

    /// <summary>Its height, in units of the drawing.</summary>
    public const int Height = 32;

    private const double Margin = 2;
    private const double Edge = 1;

    /// <summary>A change of so few steps of the type's resolution is no mountain.</summary>
    private const double FewestSteps = 10;

    /// <summary>What lies inside the svg element.</summary>
    /// <param name="day">The hours.</param>
    public static string Draw(LastDay day)
    {
        if (day.Hours.Count == 0)
        {
            return $"<rect class=\"gap\" width=\"{Width}\" height=\"{Height}\"/>";
        }

        var svg = new StringBuilder();
        foreach (var gap in day.Gaps)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"gap\" x=\"{X(day, gap.FromMs):0.#}\" width=\"{X(day, gap.ToMs) - X(day, gap.FromMs):0.#}\" height=\"{Height}\"/>");
        }

        foreach (var part in Parts(day))
        {
            if (day.Type.Kind is MeasurementKind.Binary)
            {
                AppendStates(svg, day, part);
            }
            else
            {
                AppendBand(svg, day, part);
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

    private static void AppendBand(StringBuilder svg, LastDay day, IReadOnlyList<Rollup> hours)
    {
        var (low, high) = Scale(day);
        double Y(double value) => Height - Margin - ((value - low) / (high - low) * (Height - (2 * Margin)));
        var (band, line) = (new StringBuilder(), new StringBuilder());
        foreach (var hour in hours)
        {
            band.Append(CultureInfo.InvariantCulture, $"{(band.Length == 0 ? 'M' : 'L')}{Middle(day, hour):0.#} {Y(hour.Max):0.#}");
            line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{Middle(day, hour):0.#} {Y(hour.Mean):0.#}");
        }

        foreach (var hour in hours.Reverse())
        {
            band.Append(CultureInfo.InvariantCulture, $"L{Middle(day, hour):0.#} {Y(hour.Min):0.#}");
        }

        // A line of no length is a dot: its ends are round. One alone is larger than a line is wide.
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"band\" d=\"{band}Z\"/><path class=\"line{(hours.Count == 1 ? " dot" : "")}\" d=\"{line}{(hours.Count == 1 ? "h0" : "")}\"/>");
    }

    private static void AppendStates(StringBuilder svg, LastDay day, IReadOnlyList<Rollup> hours)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line\" d=\"M{X(day, hours[0].FirstMs):0.#} {Height - Margin:0.#}H{X(day, hours[^1].LastMs):0.#}\"/>");
        foreach (var hour in hours.Where(h => h.Max >= 0.5))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"state\" x=\"{X(day, hour.FirstMs):0.#}\" y=\"6\" width=\"{Math.Max(1.5, X(day, hour.LastMs) - X(day, hour.FirstMs)):0.#}\" height=\"{Height - 6 - Margin:0.#}\"/>");
        }
    }

    private static (double Low, double High) Scale(LastDay day)
    {
        var (middle, half) = ((day.Min + day.Max) / 2, (day.Max - day.Min) / 2);
        half = Math.Max(half, Math.Max(day.Type.Resolution * FewestSteps / 2, double.Epsilon));
        return half > 0 && middle + half > middle ? (middle - half, middle + half) : (middle - 1, middle + 1);
    }

    /// <summary>Left of the right edge, so that a dot of now has room.</summary>
    private static double X(LastDay day, long ms) => (double)(Math.Max(ms, day.FromMs) - day.FromMs) / Math.Max(1, day.ToMs - day.FromMs) * (Width - Edge);

    private static double Middle(LastDay day, in Rollup hour) => X(day, hour.FirstMs + ((hour.LastMs - hour.FirstMs) / 2));
}
