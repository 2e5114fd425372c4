using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Timeline;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>A chart of a measuring point: lines of one unit, bars of a counter, or rows of states.</summary>
/// <param name="Key">The key of the chart, unique within the point.</param>
/// <param name="Title">What is measured.</param>
/// <param name="Kind">The kind of drawing.</param>
/// <param name="Lines">The channels and their names.</param>
public sealed record PointChart(string Key, string Title, ChartSeriesKind Kind, IReadOnlyList<(PointChannel Channel, string Name)> Lines)
{
    /// <summary>The number of colours: --series-1 and so on in wwwroot-assets/styles/tokens.css.</summary>
    public const int Colours = 6;

    private const int RowHeight = 34;

    /// <summary>The chart of the signal of the point's loggers, which is no channel.</summary>
    internal static PointChart Signal => new("signal", PointsText.Signal, ChartSeriesKind.Continuous, []);

    /// <summary>The height in pixels.</summary>
    public int Height => Kind is ChartSeriesKind.Binary ? 46 + (RowHeight * Lines.Count) : 280;

    /// <summary>The charts of a point in the order of its channels, states last.</summary>
    public static IReadOnlyList<PointChart> Of(IReadOnlyList<PointChannel> channels)
    {
        var names = MeasurementWords.Labels([.. channels.Select(c => (c.Channel, c.Type))]);
        return
        [
            .. from line in channels.Zip(names, (channel, name) => (Channel: channel, Name: name))
               group line by (
                   KindOf(line.Channel.Type),
                   line.Channel.Type is { Unit: "", Kind: not MeasurementKind.Binary }
                       ? line.Channel.Type.Key
                       : line.Channel.Type.Unit) into unit
               orderby unit.Key.Item1 is ChartSeriesKind.Binary
               from lines in unit.Chunk(Colours).Select((lines, i) => (Lines: lines, Part: i))
               select new PointChart($"{unit.Key} {lines.Part}", TitleOf(lines.Lines), unit.Key.Item1, lines.Lines),
        ];
    }

    /// <summary>Whether none of its channels has a reading.</summary>
    public bool IsEmpty(RangeHistory history) => Mine(history).All(m => m.History.Statistics is { Count: 0, WithoutValue: 0 });

    /// <summary>Whether readings of one of its channels came late.</summary>
    public bool HasLate(RangeHistory history) => Mine(history).Any(m => m.History.Late.Count > 0);

    /// <summary>The drawing of a history with its events.</summary>
    public ChartDrawing Draw(RangeHistory history, IReadOnlyList<PointEvent> events, Units units, bool isLive)
    {
        var mine = Mine(history).ToList();
        return new ChartDrawing(
            [.. Lines.Select(line => Series(line, mine, units))], history.FromUtc, history.ToUtc, Gaps(mine.Select(m => m.History)))
        {
            Marks = [.. Late(mine.Select(m => m.History)), .. events.Select(Mark).OfType<ChartMark>()],
            IsLive = isLive,
            Days = mine.Where(m => m.History.IsReduced).Select(m => m.History.Days).DefaultIfEmpty().Max(),
        };
    }

    /// <summary>The drawing of a channel.</summary>
    /// <param name="name">Its name in the chart.</param>
    /// <param name="type">What is measured.</param>
    /// <param name="history">What it measured; null if nothing is drawn.</param>
    /// <param name="units">The user's units.</param>
    internal static ChartSeries SeriesOf(string name, MeasurementType type, ChannelHistory? history, Units units)
    {
        var kind = KindOf(type);
        var points = history?.Points ?? [];
        return new ChartSeries(
            name,
            MeasurementWords.Unit(type, units),
            [.. points.SelectMany(p => Pair(p.TimeMs, kind is ChartSeriesKind.Counter ? p.Total : Shown(type, p.Mean, units)))])
        {
            Kind = kind,
            Decimals = MeasurementWords.Decimals(type, units),
            SmallestSpan = UnitConversion.DifferenceToShown(type.Unit, type.SmallestSpan, units),
            ZeroWord = MeasurementWords.State(type, isOne: false),
            OneWord = MeasurementWords.State(type, isOne: true),
            Band = history is { IsReduced: true } && kind is ChartSeriesKind.Continuous
                ? [.. points.SelectMany(p => Triple(p.TimeMs, Shown(type, p.Min, units), Shown(type, p.Max, units)))]
                : null,
            States = kind is ChartSeriesKind.Binary ? [.. (history?.States ?? []).SelectMany(Block)] : null,
        };
    }

    /// <summary>The kind of drawing of a type.</summary>
    internal static ChartSeriesKind KindOf(MeasurementType type) => type.Kind switch
    {
        MeasurementKind.Binary => ChartSeriesKind.Binary,
        MeasurementKind.PeriodCounter => ChartSeriesKind.Counter,
        _ => ChartSeriesKind.Continuous,
    };

    private static string TitleOf(IEnumerable<(PointChannel Channel, string Name)> lines) =>
        string.Join(" · ", lines.Select(l => MeasurementWords.Label(l.Channel.Type)).Distinct());

    private IEnumerable<(PointChannel Channel, ChannelHistory History)> Mine(RangeHistory history) =>
        Lines.Join(history.Channels, line => line.Channel.Key, h => (h.Channel, h.Type.Key), (line, h) => (line.Channel, h));

    private static ChartSeries Series(
        (PointChannel Channel, string Name) line, IEnumerable<(PointChannel Channel, ChannelHistory History)> mine, Units units) =>
        SeriesOf(
            line.Name, line.Channel.Type,
            mine.Where(m => m.Channel.Key == line.Channel.Key).Select(m => m.History).FirstOrDefault(), units);

    private static double Shown(MeasurementType type, double value, Units units) => UnitConversion.ToShown(type.Unit, value, units);

    private static double[] Pair(double time, double value) => [time, value];

    private static double[] Triple(double time, double low, double high) => [time, low, high];

    private static double[] Block(StateStretch state) =>
        [state.FromMs, state.ToMs, state.State ?? double.NaN, state.Changes, state.ShareOfOne];

    /// <summary>
    /// The mark of an event that the chart does not show otherwise. A sensor error is marked at its begin, if it concerns one of the lines.
    /// </summary>
    private ChartMark? Mark(PointEvent happened) => happened switch
    {
        ReplacementEvent replaced =>
            new(replaced.AtUtc, replaced.AtUtc, PointsText.ReplacedBy(replaced.Before, replaced.After), ChartMarkKind.Logger),
        ConflictEvent conflict => new(conflict.FromUtc, conflict.FromUtc, EventsText.Conflict, ChartMarkKind.Error),
        NoteEvent { Note: var note } => new(note.AtUtc, note.AtUtc, note.Text, ChartMarkKind.Note),
        GapEvent { Cause: GapCause.NoValue } error when error.Channels.Any(c => Lines.Any(l => l.Channel.Key == c.Key)) =>
            new(error.FromUtc, error.FromUtc, EventsText.SensorError, ChartMarkKind.Error),
        _ => null,
    };

    /// <summary>The times for which any line has late readings, merged into one strip.</summary>
    internal static List<ChartMark> Late(IEnumerable<ChannelHistory> histories)
    {
        List<ChartMark> marks = [];
        foreach (var late in histories.SelectMany(h => h.Late).OrderBy(l => l.FromMs))
        {
            var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(late.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(late.ToMs));
            if (marks is [.., var last] && from <= last.ToUtc)
            {
                marks[^1] = last with { ToUtc = to > last.ToUtc ? to : last.ToUtc };
            }
            else
            {
                marks.Add(new ChartMark(from, to, MeasurementWords.ReceivedLater));
            }
        }

        return marks;
    }

    /// <summary>The times at which any line has a gap, merged by cause.</summary>
    internal static List<ChartGap> Gaps(IEnumerable<ChannelHistory> histories)
    {
        List<ChartGap> gaps = [];
        foreach (var gap in histories.SelectMany(h => h.Gaps).OrderBy(g => g.FromMs))
        {
            var from = DateTimeOffset.FromUnixTimeMilliseconds(gap.FromMs);
            var to = DateTimeOffset.FromUnixTimeMilliseconds(gap.ToMs);
            if (gaps is [.., var last] && from < last.ToUtc)
            {
                gaps[^1] = last with { ToUtc = to > last.ToUtc ? to : last.ToUtc };
            }
            else
            {
                gaps.Add(new ChartGap(from, to, MeasurementWords.Cause(gap.Cause)));
            }
        }

        return gaps;
    }
}
