using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Loggers;

/// <summary>What a logger measured at one time and sent in one message: a row of the table.</summary>
/// <param name="MeasuredAtUtc">When it measured.</param>
/// <param name="ReceivedAtUtc">When that was received.</param>
/// <param name="IsLate">Whether it came later than it should have.</param>
/// <param name="IsDelayed">Whether it came late because maintenance was on.</param>
/// <param name="Cells">A cell per series of the logger; null where the message had none of it.</param>
public sealed record ReadingRow(DateTimeOffset MeasuredAtUtc, DateTimeOffset ReceivedAtUtc, bool IsLate, bool IsDelayed, IReadOnlyList<ReadingCell?> Cells)
{
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMinutes(5);

    /// <summary>How long after it was measured it was received.</summary>
    public TimeSpan Delay => ReceivedAtUtc - MeasuredAtUtc;

    /// <summary>The rows of these readings of a logger in somebody's units, in their order; the outages tell why some came late.</summary>
    public static IReadOnlyList<ReadingRow> Of(LoggerOverview logger, IEnumerable<SeriesReading> readings, IReadOnlyList<Outage> outages, Units units = default)
    {
        var normal = TimeSpan.FromSeconds(1.5 * (logger.Contact?.IntervalSeconds ?? 0));
        var longest = normal > LeastDelay ? normal : LeastDelay;
        return
        [
            .. readings.GroupBy(r => (r.Reading.MeasuredAtMs, r.Reading.MessageId)).Select(row =>
            {
                var first = row.First().Reading;
                return new ReadingRow(
                    first.MeasuredAtUtc,
                    first.ReceivedAtUtc,
                    first.ReceivedAtUtc - first.MeasuredAtUtc > longest,
                    outages.Any(o => o.Delayed(first.MeasuredAtMs, first.ReceivedAtUtc.ToUnixTimeMilliseconds())),
                    [.. logger.Series.Select(s => Cell(row, s, units))]);
            }),
        ];
    }

    private static ReadingCell? Cell(IEnumerable<SeriesReading> row, SeriesOverview series, Units units)
    {
        foreach (var one in row)
        {
            if (one.Channel == series.Channel && one.Type.Key == series.Type.Key)
            {
                var measurement = one.Reading.Measurement;
                return new ReadingCell(ShownReading.Value(one.Type, measurement, units), ShownReading.Unit(one.Type, measurement, units), ShownReading.Remarks(one.Reading));
            }
        }

        return null;
    }
}

/// <summary>A value of a row.</summary>
/// <param name="Text">The number or word.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Remarks">Status and flags in words; empty if there is nothing to say.</param>
public sealed record ReadingCell(string Text, string Unit, string Remarks);
