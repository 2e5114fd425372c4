namespace Efento.Portal.Measurements.Rollups;

/// <summary>
/// What the readings of one series in a stretch of time amount to; a single reading is the smallest one. It holds nothing that depends on
/// the interval in force, so it is the same whenever it is made from the same readings.
/// </summary>
public readonly record struct Rollup
{
    /// <summary>A total that falls to this share of itself or less begins anew: another meter.</summary>
    private const double NewMeterShare = 0.1;

    /// <summary>The largest share of itself by which a total falls that is no new one, but rounded.</summary>
    private const double RoundingShare = 0.01;

    /// <summary>How many readings have a value.</summary>
    public int Count { get; init; }

    /// <summary>How many have none: no value, or a sensor error code.</summary>
    public int Empty { get; init; }

    /// <summary>The smallest value; NaN if there is none, as in what follows.</summary>
    public double Min { get; init; }

    /// <summary>The largest value.</summary>
    public double Max { get; init; }

    /// <summary>The sum of the values.</summary>
    public double Sum { get; init; }

    /// <summary>When the first value was measured, Unix ms; the first reading where none has a value.</summary>
    public long FirstMs { get; init; }

    /// <summary>When the last value was measured, Unix ms; the last reading where none has a value.</summary>
    public long LastMs { get; init; }

    /// <summary>The first value.</summary>
    public double First { get; init; }

    /// <summary>The last value.</summary>
    public double Last { get; init; }

    /// <summary>Of a binary type how often the state changed, of a running counter how much it counted; 0 for other kinds.</summary>
    public double Moved { get; init; }

    /// <summary>The longest time in ms from measured to received; not below 0.</summary>
    public long DelayMs { get; init; }

    /// <summary>The mean of the values, each counting alike.</summary>
    public double Mean => Sum / Count;

    /// <summary>A single reading.</summary>
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
    /// How far values of a kind move from one to the next. A running counter that falls to nearly nothing (a tenth at most) is a new one that
    /// began at zero. One that falls by a step or a hundredth was rounded, or told by two gateways: that is taken back. Any other fall counts
    /// nothing.
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

    /// <summary>What this and the next one amount to together.</summary>
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

    /// <summary>What a counter counted; NaN for other kinds.</summary>
    public double TotalOf(MeasurementKind kind) => kind switch
    {
        MeasurementKind.PeriodCounter => Sum,
        MeasurementKind.RunningCounter => Math.Max(0, Moved),
        _ => double.NaN,
    };
}
