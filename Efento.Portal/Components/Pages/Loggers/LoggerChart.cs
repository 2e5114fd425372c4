using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>A chart of a logger's page: the channels that measure the same type.</summary>
/// <param name="Title">What is measured.</param>
/// <param name="Type">The type, with its unit.</param>
/// <param name="Lines">The series and their names.</param>
public sealed record LoggerChart(string Title, MeasurementType Type, IReadOnlyList<(int SeriesId, string Name)> Lines)
{
    /// <summary>Whether it shows two states.</summary>
    public bool IsBinary => Type.Kind is MeasurementKind.Binary;

    /// <summary>The charts of a logger in the order of its channels.</summary>
    public static IReadOnlyList<LoggerChart> Of(LoggerOverview logger)
    {
        var names = LoggerWords.Labels(logger);
        return
        [
            .. logger.Series.Zip(names).GroupBy(s => s.First.Type.Key).Select(group => new LoggerChart(
                MeasurementWords.Label(group.First().First.Type),
                group.First().First.Type,
                [.. group.Select(s => (s.First.Id, s.Second))])),
        ];
    }

    /// <summary>Whether none of its series has a reading.</summary>
    public bool IsEmpty(IEnumerable<SeriesHistory> histories) => Mine(histories).All(h => h.Readings == 0);

    /// <summary>What it shows of these histories, in somebody's units.</summary>
    public ChartDrawing Draw(IEnumerable<SeriesHistory> histories, DateTimeOffset fromUtc, DateTimeOffset toUtc, Units units = default)
    {
        var mine = Mine(histories).ToList();
        return new ChartDrawing([.. mine.Select(history => Line(history, units))], fromUtc, toUtc, Gaps(mine)) { Marks = Marks(mine) };
    }

    private IEnumerable<SeriesHistory> Mine(IEnumerable<SeriesHistory> histories) =>
        Lines.Join(histories, line => line.SeriesId, history => history.SeriesId, (_, history) => history);

    private ChartSeries Line(SeriesHistory history, Units units) =>
        new(Lines.Single(line => line.SeriesId == history.SeriesId).Name, MeasurementWords.Unit(Type, units), Shown(history.Points, units))
        {
            Kind = IsBinary ? ChartSeriesKind.Binary : ChartSeriesKind.Continuous,
            Decimals = MeasurementWords.Decimals(Type, units),
            ZeroWord = MeasurementWords.State(Type, isOne: false),
            OneWord = MeasurementWords.State(Type, isOne: true),
        };

    /// <summary>Pairs of time and value with the values in those units.</summary>
    private double[] Shown(double[] points, Units units) => UnitConversion.ShownUnit(Type.Unit, units) == Type.Unit
        ? points
        : [.. points.Select((number, i) => i % 2 == 0 ? number : UnitConversion.ToShown(Type.Unit, number, units))];

    /// <summary>Where any of the lines holds what came later than it should have; where several do, one band.</summary>
    private static List<ChartMark> Marks(List<SeriesHistory> histories)
    {
        List<ChartMark> marks = [];
        foreach (var (fromMs, toMs) in histories.SelectMany(h => h.Delayed).OrderBy(d => d.FromMs))
        {
            var (from, to) = (DateTimeOffset.FromUnixTimeMilliseconds(fromMs), DateTimeOffset.FromUnixTimeMilliseconds(toMs));
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

    /// <summary>The times in which any of the lines is broken; where several are, one band.</summary>
    private static List<ChartGap> Gaps(List<SeriesHistory> histories)
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
