using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// The readings of a channel of a point in the store, of whichever logger measured there. Readings ahead of the server's clock, and those
/// stored before the portal judged any, are left out. What was read is kept, for one kind of rule asks for the same as another; so it is
/// to be made anew for each batch.
/// </summary>
internal sealed class StoredSamples(
    IReadingStore readings, SeriesDirectory series, Assignments assignments, ChannelKey key, bool isSignal, long afterMessage)
    : ISampleSource
{
    private const int Portion = 5_000;

    /// <summary>Longer reads are not kept, so that many channels can't fill the memory.</summary>
    private const int MostKept = 500;

    private readonly Dictionary<(long FromMs, long ToMs), List<Sample>> _kept = [];
    private long? _committed;
    private long? _oldestMs;

    /// <inheritdoc/>
    public long CommittedMessage => _committed ??=
        assignments.OfPoint(key.PointId).SelectMany(period => series.Of(period.LoggerId)).Select(its => its.NewestMessage).Append(0).Max();

    /// <summary>Whether nothing was measured there but what messages after one brought.</summary>
    public bool BeganAfter(long message) =>
        message > 0 && assignments.OfPoint(key.PointId) is [var only] && SeriesOf(only)?.MadeAfter >= message;

    /// <inheritdoc/>
    public long? NewestMs => assignments.OfPoint(key.PointId).Max(period => SeriesOf(period)?.NewestMs);

    /// <inheritdoc/>
    public long OldestMs => _oldestMs ??= assignments.OfPoint(key.PointId).Min(OldestOf) ?? long.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyList<Sample> Read(long fromMs, long toMs)
    {
        if (_kept.TryGetValue((fromMs, toMs), out var known))
        {
            return known;
        }

        // Asked before the store is: what is committed meanwhile may be missing below.
        _committed = CommittedMessage;
        List<Sample> all = [];
        foreach (var period in assignments.OfPoint(key.PointId))
        {
            var (from, to) = (Math.Max(fromMs, period.FromMs), Math.Min(toMs, period.UntilMs));
            if (from < to && SeriesOf(period) is { } its)
            {
                Read(its, from, to, all);
            }
        }

        if (all.Count <= MostKept)
        {
            _kept[(fromMs, toMs)] = all;
        }

        return all;
    }

    private void Read(SeriesEntry its, long fromMs, long toMs, List<Sample> all)
    {
        ReadingPosition? after = null;
        IReadOnlyList<(int SeriesId, Reading Reading)> page;
        do
        {
            page = readings.ReadPage(new ReadingPage(its.LoggerId, its.Channel, fromMs, toMs, after, Portion));
            foreach (var (seriesId, reading) in page)
            {
                after = new ReadingPosition(reading.MeasuredAtMs, its.Channel, series.Find(seriesId)?.Type.Key ?? "");
                if (reading.MessageId <= afterMessage)
                {
                    // What is judged begins after this reading.
                    _oldestMs = long.MaxValue;
                }
                else if (seriesId == its.Id && (reading.Flags & ReadingFlags.ClockAhead) == 0)
                {
                    all.Add(new Sample(reading.MeasuredAtMs, ValueOf(reading), reading.MessageId));
                }
            }
        }
        while (page.Count == Portion);
    }

    private long? OldestOf(Assignments.Period period) =>
        SeriesOf(period) is { } its
            ? readings.ReadPage(new ReadingPage(its.LoggerId, its.Channel, period.FromMs, period.UntilMs, null, 1))
                .Select(found => (long?)found.Reading.MeasuredAtMs).FirstOrDefault()
            : null;

    private double? ValueOf(in Reading reading) =>
        isSignal ? reading.Signal : reading.IsWithoutValue ? null : reading.Measurement;

    private SeriesEntry? SeriesOf(Assignments.Period period) =>
        isSignal
            ? series.Of(period.LoggerId) is [var first, ..] ? first : null
            : series.Of(period.LoggerId).FirstOrDefault(s => s.Channel == key.Channel && s.Type.Key == key.TypeKey);
}
