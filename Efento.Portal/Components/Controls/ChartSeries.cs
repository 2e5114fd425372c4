namespace Efento.Portal.Components.Controls;

/// <summary>How a series is drawn.</summary>
public enum ChartSeriesKind
{
    /// <summary>A line between the points.</summary>
    Continuous,

    /// <summary>Steps between two words.</summary>
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

    /// <summary>Triples of time (Unix ms), minimum and maximum around a line of means; null where the points are all there is.</summary>
    public double[]? Band { get; init; }

    /// <summary>What remains of it without its data: two series of the same look can take each other's place in a chart that is drawn.</summary>
    public ChartSeries Look => this with { Points = [], Band = null };
}

/// <summary>A stretch of time without values, shaded.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Cause">Why, in a word or two; empty where nothing is to be said.</param>
public sealed record ChartGap(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Cause = "");

/// <summary>A stretch of time whose values are there and have something to be said of, shaded.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Remark">What, in a word or two.</param>
public sealed record ChartMark(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Remark);

/// <summary>What a chart shows.</summary>
/// <param name="Series">The lines.</param>
/// <param name="FromUtc">The left edge.</param>
/// <param name="ToUtc">The right edge.</param>
/// <param name="Gaps">Where values are missing.</param>
public sealed record ChartDrawing(IReadOnlyList<ChartSeries> Series, DateTimeOffset FromUtc, DateTimeOffset ToUtc, IReadOnlyList<ChartGap> Gaps)
{
    /// <summary>Where values have something to be said of.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}
