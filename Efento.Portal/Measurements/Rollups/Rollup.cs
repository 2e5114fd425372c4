namespace Efento.Portal.Measurements.Rollups;

/// <summary>
/// The summary of the readings of one series in a range of time. A single reading is the smallest range. The summary does not depend on the
/// measuring interval, so the same readings always give the same summary.
/// </summary>
public readonly record struct Rollup
{
    /// <summary>If a counter falls to this share of its value or less, it is a new meter that began at zero.</summary>
    private const double NewMeterShare = 0.1;

    /// <summary>The largest share of its value by which a counter may fall because of rounding.</summary>
    private const double RoundingShare = 0.01;

    /// <summary>The number of readings with a value.</summary>
    public int Count { get; init; }

    /// <summary>The number of readings without a value: empty ones and sensor error codes.</summary>
    public int Empty { get; init; }

    /// <summary>The smallest value. NaN if there is no value, as for the properties below.</summary>
    public double Min { get; init; }

    /// <summary>The largest value.</summary>
    public double Max { get; init; }

    /// <summary>The sum of the values.</summary>
    public double Sum { get; init; }

    /// <summary>When the first value was measured, Unix ms. If there is no value, when the first reading was measured.</summary>
    public long FirstMs { get; init; }

    /// <summary>When the last value was measured, Unix ms. If there is no value, when the last reading was measured.</summary>
    public long LastMs { get; init; }

    /// <summary>The first value.</summary>
    public double First { get; init; }

    /// <summary>The last value.</summary>
    public double Last { get; init; }

    /// <summary>For a binary type, the number of state changes; for a running counter, the amount counted; 0 for other kinds.</summary>
    public double Moved { get; init; }

    /// <summary>The longest time from measurement to receipt in ms; never negative.</summary>
    public long DelayMs { get; init; }

    /// <summary>The mean of the values, all weighted equally.</summary>
    public double Mean => Sum / Count;

    /// <summary>The rollup of a single reading.</summary>
    /// <param name="measuredAtMs">When it was measured, Unix ms.</param>
    /// <param name="value">The value; NaN if it has none.</param>
    /// <param name="receivedMs">When it was received, Unix ms.</param>
    public static Rollup Of(long measuredAtMs, double value, long receivedMs)
    {
        var isEmpty = double.IsNaN(value);
        return new Rollup
        {
            Count = isEmpty ? 0 : 1,
            Empty = isEmpty ? 1 : 0,
            Min = value,
            Max = value,
            Sum = isEmpty ? 0 : value,
            FirstMs = measuredAtMs,
            LastMs = measuredAtMs,
            First = value,
            Last = value,
            DelayMs = Math.Max(0, receivedMs - measuredAtMs),
        };
    }

    /// <summary>
    /// The step from one value to the next. A running counter that falls to a tenth or less is a new meter that began at zero. A counter
    /// that falls by one step or by a hundredth was rounded or was reported by two gateways; the fall is subtracted again. Any other fall
    /// counts as 0.
    /// </summary>
    public static double Step(MeasurementKind kind, double from, double to) => kind switch
    {
        MeasurementKind.Binary => from == to ? 0 : 1,
        MeasurementKind.RunningCounter => StepOfTotal(from, to),
        _ => 0,
    };

    private static double StepOfTotal(double from, double to) =>
        to >= from ? to - from
        : to <= from * NewMeterShare ? to
        : from - to <= Math.Max(1, from * RoundingShare) ? to - from
        : 0;

    /// <summary>Combines this rollup with the one that follows it.</summary>
    public Rollup Then(in Rollup next, MeasurementKind kind)
    {
        var delay = Math.Max(DelayMs, next.DelayMs);
        if (next.Count == 0)
        {
            return this with { Empty = Empty + next.Empty, LastMs = Count == 0 ? next.LastMs : LastMs, DelayMs = delay };
        }

        return Count == 0 ? next with { Empty = Empty + next.Empty, DelayMs = delay } : new Rollup
        {
            Count = Count + next.Count,
            Empty = Empty + next.Empty,
            Min = Math.Min(Min, next.Min),
            Max = Math.Max(Max, next.Max),
            Sum = Sum + next.Sum,
            FirstMs = FirstMs,
            LastMs = next.LastMs,
            First = First,
            Last = next.Last,
            Moved = Moved + next.Moved + Step(kind, Last, next.First),
            DelayMs = delay,
        };
    }

    /// <summary>The amount that a counter counted; NaN for other kinds.</summary>
    public double TotalOf(MeasurementKind kind) => kind switch
    {
        MeasurementKind.PeriodCounter => Sum,
        MeasurementKind.RunningCounter => Math.Max(0, Moved),
        _ => double.NaN,
    };
}
