namespace Efento.Portal.Components.Controls;

/// <summary>How a series is drawn.</summary>
public enum ChartSeriesKind
{
    /// <summary>A line between the points.</summary>
    Continuous,

    /// <summary>Bars that start at zero.</summary>
    Counter,

    /// <summary>A row of blocks with one of two words each.</summary>
    Binary,
}

/// <summary>
/// One line of a <see cref="TimeSeriesChart"/>, at most about 1,000 points. Series of one chart share the unit of the first.
/// </summary>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">The unit; empty if there is none.</param>
/// <param name="Points">Pairs of time (Unix ms) and value in measured order; the value NaN breaks the line.</param>
public sealed record ChartSeries(string Name, string Unit, double[] Points)
{
    /// <summary>The kind of drawing.</summary>
    public ChartSeriesKind Kind { get; init; }

    /// <summary>Digits after the point, 0 to 3.</summary>
    public int Decimals { get; init; } = 1;

    /// <summary>The words for 0 and 1 of a binary series.</summary>
    public string ZeroWord { get; init; } = "";

    /// <inheritdoc cref="ZeroWord"/>
    public string OneWord { get; init; } = "";

    /// <summary>The lowest and the highest value of the scale; null if the scale follows the values.</summary>
    public (double Low, double High)? Scale { get; init; }

    /// <summary>The scale is at least so high; 0 for ten steps of the last digit.</summary>
    public double SmallestSpan { get; init; }

    /// <summary>Triples of time (Unix ms), minimum and maximum around a line of means; null if the points are single readings.</summary>
    public double[]? Band { get; init; }

    /// <summary>
    /// The blocks of a binary series, five numbers each: start and end (Unix ms), 0 or 1 (NaN if it changed too often to draw each change),
    /// the number of changes, and the share of 1. Null for other kinds.
    /// </summary>
    public double[]? States { get; init; }

    /// <summary>In a comparison: series with the same number share an axis.</summary>
    public int Axis { get; init; }

    /// <summary>In a comparison: the gaps of this series alone.</summary>
    public IReadOnlyList<ChartGap> Gaps { get; init; } = [];

    /// <summary>In a comparison: when readings of this series came late.</summary>
    public IReadOnlyList<ChartMark> Late { get; init; } = [];

    /// <summary>The series without its data. If it equals that of a drawn series, the chart can be updated in place.</summary>
    public ChartSeries Look => this with { Points = [], Band = null, States = null, Gaps = [], Late = [] };
}

/// <summary>A range of time without values, drawn as a shaded area.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Cause">The cause in a word or two; empty if there is nothing to say.</param>
public sealed record ChartGap(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Cause = "");

/// <summary>The kind of a <see cref="ChartMark"/>.</summary>
public enum ChartMarkKind
{
    /// <summary>Values came late.</summary>
    Late,

    /// <summary>Another logger measured from here on.</summary>
    Logger,

    /// <summary>Somebody wrote a note.</summary>
    Note,

    /// <summary>A device restarted.</summary>
    Restart,

    /// <summary>The sensor failed from here on.</summary>
    Error,

    /// <summary>An alarm began or was raised.</summary>
    Alarm,

    /// <summary>An alarm ended or was answered.</summary>
    Acknowledged,
}

/// <summary>A range of time with a remark, or a moment if begin and end are equal.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Remark">The remark.</param>
/// <param name="Kind">The kind of mark.</param>
public sealed record ChartMark(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Remark, ChartMarkKind Kind = ChartMarkKind.Late);

/// <summary>A limit, drawn as a level line.</summary>
/// <param name="Value">Its value, in the unit of the first series.</param>
/// <param name="Word">What it is, in a word.</param>
/// <param name="IsCritical">Whether values beyond it are critical.</param>
public sealed record ChartLimit(double Value, string Word, bool IsCritical);

/// <summary>A stretch of time that the chart shades, behind everything else.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end.</param>
/// <param name="Word">What it is; browsers show it beside the pointer.</param>
/// <param name="IsFaint">Whether it is shaded more faintly, as what leads to something.</param>
public sealed record ChartShade(DateTimeOffset FromUtc, DateTimeOffset ToUtc, string Word, bool IsFaint = false);

/// <summary>The content of a chart.</summary>
/// <param name="Series">The lines.</param>
/// <param name="FromUtc">The left edge.</param>
/// <param name="ToUtc">The right edge.</param>
/// <param name="Gaps">The gaps.</param>
public sealed record ChartDrawing(
    IReadOnlyList<ChartSeries> Series, DateTimeOffset FromUtc, DateTimeOffset ToUtc, IReadOnlyList<ChartGap> Gaps)
{
    /// <summary>The marks.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>The limits of a chart of lines; the scale holds them.</summary>
    public IReadOnlyList<ChartLimit> Limits { get; init; } = [];

    /// <summary>The stretches that are shaded.</summary>
    public IReadOnlyList<ChartShade> Shades { get; init; } = [];

    /// <summary>Whether the right edge is the present and moves with it.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>How many whole days of the page's zone each point stands for; 0 if points are moments.</summary>
    public int Days { get; init; }
}

/// <summary>What a saved picture says beside its chart.</summary>
/// <param name="Place">Where it was measured; null if that is not known.</param>
/// <param name="Lines">The statistics of the range, a sentence each.</param>
public sealed record ChartCaption(string? Place, IReadOnlyList<string> Lines)
{
    /// <summary>Nothing.</summary>
    public static ChartCaption None { get; } = new(null, []);
}

/// <summary>A range of time to be shown.</summary>
/// <param name="FromUtc">The begin.</param>
/// <param name="ToUtc">The end.</param>
public readonly record struct ChartView(DateTimeOffset FromUtc, DateTimeOffset ToUtc);
