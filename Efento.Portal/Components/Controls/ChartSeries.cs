namespace Efento.Portal.Components.Controls;

/// <summary>How a series is drawn.</summary>
public enum ChartSeriesKind
{
    /// <summary>A line between the points.</summary>
    Continuous,

    /// <summary>Bars that stand on zero.</summary>
    Counter,

    /// <summary>A row of blocks with one of two words each.</summary>
    Binary,
}

/// <summary>One line of a <see cref="TimeSeriesChart"/>, at most about 1,000 points. Series of one chart share the unit of the first.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">The unit, empty where there is none.</param>
/// <param name="Points">Pairs of time (Unix ms) and value in measured order; the value NaN breaks the line.</param>
public sealed record ChartSeries(string Name, string Unit, double[] Points)
{
    /// <summary>How it is drawn.</summary>
    public ChartSeriesKind Kind { get; init; }

    /// <summary>Digits after the point, 0 to 3.</summary>
    public int Decimals { get; init; } = 1;

    /// <summary>The words for 0 and 1 of a binary series.</summary>
    public string ZeroWord { get; init; } = "";

    /// <inheritdoc cref="ZeroWord"/>
    public string OneWord { get; init; } = "";

    /// <summary>The lowest and the highest value of the scale; null where it follows the values.</summary>
    public (double Low, double High)? Scale { get; init; }

    /// <summary>Triples of time (Unix ms), minimum and maximum around a line of means; null where the points are all there is.</summary>
    public double[]? Band { get; init; }

    /// <summary>
    /// The blocks of a binary series, five numbers each: from and until (Unix ms), 0 or 1 or NaN where it changed too often to draw each change,
    /// how often it changed, and the share of 1. Null for other kinds.
    /// </summary>
    public double[]? States { get; init; }

    /// <summary>What remains of it without its data: two series of the same look can take each other's place in a chart that is drawn.</summary>
    public ChartSeries Look => this with { Points = [], Band = null, States = null };
}

/// <summary>A stretch of time without values, shaded.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Cause">Why, in a word or two; empty where nothing is to be said.</param>
public sealed record ChartGap(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Cause = "");

/// <summary>What a <see cref="ChartMark"/> is of.</summary>
public enum ChartMarkKind
{
    /// <summary>Values came late.</summary>
    Late,

    /// <summary>Another logger took over.</summary>
    Logger,

    /// <summary>Somebody noted something.</summary>
    Note,

    /// <summary>A device began anew.</summary>
    Restart,

    /// <summary>From here on the sensor failed.</summary>
    Error,
}

/// <summary>A time, or a moment where begin and end are the same, of which something is to be said.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Remark">What.</param>
/// <param name="Kind">What sort of thing.</param>
public sealed record ChartMark(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Remark, ChartMarkKind Kind = ChartMarkKind.Late);

/// <summary>What a chart shows.</summary>
/// <param name="Series">The lines.</param>
/// <param name="FromUtc">The left edge.</param>
/// <param name="ToUtc">The right edge.</param>
/// <param name="Gaps">Where values are missing.</param>
public sealed record ChartDrawing(IReadOnlyList<ChartSeries> Series, DateTimeOffset FromUtc, DateTimeOffset ToUtc, IReadOnlyList<ChartGap> Gaps)
{
    /// <summary>Of what something is to be said.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>Whether the right edge is now, and moves on by itself.</summary>
    public bool IsLive { get; init; } = true;
}

/// <summary>A time somebody wants to see.</summary>
/// <param name="FromUtc">From when on.</param>
/// <param name="ToUtc">Until when.</param>
public readonly record struct ChartView(DateTimeOffset FromUtc, DateTimeOffset ToUtc);
