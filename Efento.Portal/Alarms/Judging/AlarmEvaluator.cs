using System.Runtime.InteropServices;
using Efento.Portal.Alarms.Evaluation;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Arrivals;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Judging;

/// <summary>
/// Judges what was stored, reading by reading, and writes what follows from it together with the position up to which it has come. It
/// neither holds up ingest nor can fail it. Thread-safe.
/// </summary>
internal sealed partial class AlarmEvaluator(
    Watches watches, SeriesDirectory series, IReadingStore readings, AlarmBoard board, AlarmRecords records, StartOver startOver,
    TimeProvider time, ILogger<AlarmEvaluator> log)
    : IArrivalConsumer, IDisposable
{
    /// <summary>How long the portal's stop waits for what is being judged.</summary>
    private static readonly TimeSpan MostAtTheEnd = TimeSpan.FromSeconds(4);

    /// <summary>The name of its cursor.</summary>
    public const string Cursor = "alarms";

    private const int Portion = 100;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ArrivedSamples _arrived = new();
    private long _done;

    /// <summary>The last message that was judged, even if the past is not.</summary>
    private long _reached;
    private bool _ended;
    private AlarmStart _start = new() { AfterMessage = 0, LastRule = 0 };

    /// <inheritdoc/>
    public string Name => Cursor;

    /// <inheritdoc/>
    public long? Done => Interlocked.Read(ref _done);

    /// <inheritdoc/>
    public string? Trouble => startOver.InWords;

    /// <summary>The position to be saved; null while the past is judged again, so that the position stays where it was.</summary>
    private long? Position => startOver.IsUnderWay ? null : _reached;

    /// <inheritdoc/>
    public async Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            (_start, var isFirst) = await records.BeginAsync(after, cancellationToken);
            if (isAnew && !isFirst)
            {
                BeginAgain();
            }

            Reach(after);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(cancellationToken);
            var found = batch.Readings is { } arrived ? Take(arrived, batch.After) : Take(batch.Spans);
            await WriteAsync(found, startOver.IsUnderWay ? null : batch.LastId, cancellationToken);
            Reach(batch.LastId);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Takes what people changed: ends alarms where nothing is judged any more, and judges the past again where a rule is in force from an
    /// earlier time on.
    /// </summary>
    public async Task TakeRulesAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(cancellationToken);
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            List<Finding> unread = [.. Unread().Select(u => TakeFrom(u.Watch, u.Alarm.BeganMs, nowMs)).OfType<Finding>()];
            await WriteAsync(unread, Position, cancellationToken);
            List<Finding> found =
            [
                .. from watch in watches.All
                   where !watch.Course.IsEmpty || watch.Judge.Current is not null
                   let region = watch.Judge.StopUntil(nowMs, watch.Course)
                   where region is not null
                   select new Finding(watch, region, watches.Assignments),
            ];
            await WriteAsync(found, Position, cancellationToken);
            await TakePastAsync(nowMs, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until nothing is being judged. Nothing is judged afterwards. It may be called again, as the container does.</summary>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _turn.Wait(MostAtTheEnd);
        }
    }

    /// <summary>
    /// Takes changes of rules, places, loggers and closings. What was measured since a change by a clock that is a little ahead, or since
    /// the earlier time from which the change counts, is judged again.
    /// </summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await watches.BringUpToDateAsync(cancellationToken);
        if (watches.Stale.Count == 0)
        {
            return;
        }

        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<Watch> stale = [.. watches.Stale];
        List<Finding> found =
        [
            .. from watch in stale
               let toMs = watch.Judge.MarkMs ?? nowMs
               where watch.StaleFromMs <= toMs
               let finding = TakeFrom(watch, watch.StaleFromMs!.Value, toMs)
               where finding is not null
               select finding.Value,
        ];
        await WriteAsync(found, Position, cancellationToken);
        watches.Refreshed();
    }

    /// <summary>The active alarms whose readings were not read since the start. Nothing else would end them but a reading.</summary>
    private IEnumerable<(Watch Watch, Alarm Alarm)> Unread() =>
        from alarm in board.Present
        where alarm is { IsActive: true, PointId: not null }
        let watch = watches.Find(AlarmSubject.Of(alarm))
        where watch is { Judge.MarkMs: null }
        select (watch, alarm);

    private Finding? TakeFrom(Watch watch, long fromMs, long toMs)
    {
        var source = SourceOf(watch);
        var oldestMs = source.OldestMs;
        return oldestMs > toMs ? null : TakeAgain(watch, Math.Max(fromMs, oldestMs), toMs, source);
    }

    private void Reach(long message)
    {
        _reached = message;
        if (!startOver.IsUnderWay)
        {
            Interlocked.Exchange(ref _done, message);
        }
    }

    private List<Finding> Take(IReadOnlyList<ArrivedReading> arrived, long after)
    {
        _arrived.Clear();
        foreach (var reading in arrived)
        {
            if (!reading.IsAhead && reading.MessageId > _start.AfterMessage && series.Find(reading.SeriesId) is { } its)
            {
                _arrived.Add(watches.Of(its, reading.MeasuredAtMs), reading);
            }
        }

        List<Finding> found = [];
        foreach (var channel in _arrived.Channels)
        {
            Take(channel, after, found);
        }

        return found;
    }

    private void Take(ChannelSamples channel, long after, List<Finding> found)
    {
        var hasDoubles = channel.SortAndFindDoubles();
        foreach (var watch in channel.Watches)
        {
            if (!watch.Course.IsEmpty && Of(watch, Take(watch, channel, after, hasDoubles)) is { } finding)
            {
                found.Add(finding);
            }
        }
    }

    private Region? Take(Watch watch, ChannelSamples channel, long after, bool hasDoubles)
    {
        var (judge, course, samples) = (watch.Judge, watch.Course, channel.For(watch));
        if (!hasDoubles && judge.IsGoingOn(samples[0].Ms))
        {
            return judge.GoOn(CollectionsMarshal.AsSpan(samples), course);
        }

        var stored = channel.StoredFor(watch, SourceOf);
        return hasDoubles ? judge.TakeAgain(samples[0].Ms, samples[^1].Ms, course, stored, MayOccurAt(watch))
            : judge.MarkMs is null && stored.BeganAfter(after) && !board.MayOccur(watch.Subject, long.MinValue)
                ? judge.GoOn(CollectionsMarshal.AsSpan(samples), course)
            : judge.Take(samples, course, stored, MayOccurAt(watch));
    }

    private Func<long, bool> MayOccurAt(Watch watch) => ms => board.MayOccur(watch.Subject, ms);

    private List<Finding> Take(IReadOnlyList<ArrivalSpan> spans) =>
    [
        .. from ofLogger in spans.GroupBy(s => s.LoggerId)
           from its in series.Of(ofLogger.Key)
           from channel in WatchesOf(its, ofLogger).GroupBy(SourceKey)
           let source = SourceOf(channel.First())
           from watch in channel
           where !watch.Course.IsEmpty
           from span in ArrivalSpans.Joined(ofLogger.Where(s => !watch.Judge.Knows(s.MessageId, s.EarliestMs, s.LatestMs)))
           select TakeAgain(watch, span.EarliestMs, span.LatestMs, source) into finding
           where finding is not null
           select finding.Value,
    ];

    private IEnumerable<Watch> WatchesOf(SeriesEntry its, IEnumerable<ArrivalSpan> spans) =>
        spans.SelectMany(span => watches.Of(its, span.EarliestMs).Union(watches.Of(its, span.LatestMs))).Distinct();

    /// <summary>
    /// Whether nobody needs to know. An alarm may go on for months, and each reading would be a transaction. One measured by a clock that
    /// is ahead is written, because people who close an alarm close it after its last reading.
    /// </summary>
    private bool IsNoNews(Region region) =>
        region.MerelyGoesOn && region.Occurrences[0].LastOutsideMs <= time.GetUtcNow().ToUnixTimeMilliseconds();

    private Finding? TakeAgain(Watch watch, long fromMs, long toMs, StoredSamples source) => Of(
        watch, watch.Judge.TakeAgain(fromMs, toMs, watch.Course, source, MayOccurAt(watch)));

    /// <summary>Whether a region concerns alarms: it has some, or some on record reach into it.</summary>
    private Finding? Of(Watch watch, Region? region) =>
        region is not null && !IsNoNews(region) && (region.Occurrences.Count > 0 || board.MayOccur(watch.Subject, region.AfterMs))
            ? new Finding(watch, region, watches.Assignments)
            : null;

    private static (ChannelKey Channel, bool IsSignal) SourceKey(Watch watch) => (watch.Key, watch.IsSignal);

    private StoredSamples SourceOf(Watch watch) => new(
        readings, series, watches.Assignments, watch.Key, watch.IsSignal, _start.AfterMessage);

    private async Task WriteAsync(IReadOnlyCollection<Finding> found, long? done, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return;
        }

        try
        {
            await records.WriteAsync(found, done, cancellationToken);
        }
        catch
        {
            // What the judges know is not on record; they read it again.
            foreach (var finding in found)
            {
                finding.Watch.Judge.Forget();
            }

            throw;
        }
    }
}

/// <summary>What was found at a channel.</summary>
/// <param name="Watch">What was watched.</param>
/// <param name="Region">What occurred.</param>
/// <param name="Assignments">Which logger measured where.</param>
internal readonly record struct Finding(Watch Watch, Region Region, Assignments Assignments)
{
    /// <summary>The logger that measured at a time (Unix ms); null if none did.</summary>
    public int? LoggerAt(long ms) =>
        Assignments.OfPoint(Watch.Key.PointId).Where(p => p.Holds(ms)).Select(p => (int?)p.LoggerId).FirstOrDefault();
}
