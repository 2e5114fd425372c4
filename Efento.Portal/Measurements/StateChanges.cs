namespace Efento.Portal.Measurements;

/// <summary>
/// Reduces a line of states without losing a change: what stays is the first reading of each state, the last one before each break and the
/// last of all. Only where there are more changes than points allowed does it become <see cref="MinMax"/>, which then shows both states.
/// </summary>
public static class StateChanges
{
    /// <inheritdoc cref="MinMax.Reduce"/>
    public static double[] Reduce(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, MinMax.FewestPoints);
        var points = new double[2 * Math.Min(limit, times.Length)];
        var used = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (!Stays(values, i))
            {
                continue;
            }

            if (used == points.Length)
            {
                return MinMax.Reduce(times, values, limit);
            }

            (points[used], points[used + 1]) = (times[i], values[i]);
            used += 2;
        }

        return points[..used];
    }

    private static bool Stays(ReadOnlySpan<double> values, int i)
    {
        var isBreak = double.IsNaN(values[i]);
        var isAfterBreak = i == 0 || double.IsNaN(values[i - 1]);
        var isBeforeBreak = i == values.Length - 1 || double.IsNaN(values[i + 1]);
        return isBreak ? !isAfterBreak : isAfterBreak || isBeforeBreak || values[i] != values[i - 1];
    }
}
