using System.Diagnostics;
using Efento.Portal.Arrivals;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Measurements.Rollups;

/// <summary>
/// Computes rollups from the readings: once for each hour when it is over, and again for every hour that receives late readings. It works
/// in short turns at the write gate, beside the writer of messages. Readings that an older version of the portal stored are handled like
/// hours that are over (docs/decisions/0050-rollups.md).
/// </summary>
internal sealed class RollupJob(
    WriteGate gate, IRollupStore store, RollupQueue queue, SeriesDirectory series, ArrivalFeed arrivals, LiveFeed feed,
    TimeProvider time) : IArrivalConsumer, IDisposable
{
    /// <summary>How long to wait after an hour, until most of its last readings have arrived. Later ones are noted as late.</summary>
    private static readonly TimeSpan AfterHour = TimeSpan.FromMinutes(2);

    /// <summary>The longest turn, so that others at the gate wait no longer than for a few messages.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(3);

    /// <summary>A job that waited this long for its turn is not alone at the gate: messages go first.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromMilliseconds(0.3);

    private const int PausesWhenBusy = 50;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Queue<(SeriesEntry Series, long Day, int Hours)> _pending = new();
    private readonly HashSet<int> _late = [];

    /// <inheritdoc/>
    public string Name => "rollups";

    /// <inheritdoc/>
    public long? Done => queue.RolledUpTo;

    /// <inheritdoc/>
    public async Task BeginAsync(long after, bool isAnew, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await gate.WriteAsync(
                db =>
                {
                    using var statements = store.CreateWriter(db.Database.GetDbConnection());
                    Begin(statements, after, isAnew);
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public Task TakeAsync(ArrivalBatch batch, CancellationToken cancellationToken)
    {
        queue.Note(batch);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Rolls up what is due of everything stored before this call, and at most one day of hours that are over. A second caller waits for
    /// the first one.
    /// </summary>
    /// <returns>Whether hours that are over are still waiting.</returns>
    public async Task<bool> RollUpAsync(CancellationToken cancellationToken = default)
    {
        await arrivals.DeliverAsync(this, cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await RollUpOnceAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>Continues where the rollups end, or creates all of them anew, one day at a time.</summary>
    private void Begin(IRollupWriter statements, long after, bool isAnew)
    {
        var before = statements.ReadRolledBefore();
        var rolledBefore = isAnew ? null : before;
        rolledBefore ??= statements.FirstHourFrom(Hours.First) ?? Due();
        if (before is not null && before != rolledBefore)
        {
            statements.WriteRolledBefore(rolledBefore.Value);
        }

        _pending.Clear();
        _late.Clear();
        queue.Begin(rolledBefore.Value, after);
    }

    private long Due() => Hours.Of((time.GetUtcNow() - AfterHour).ToUnixTimeMilliseconds());

    private async Task<bool> RollUpOnceAsync(CancellationToken cancellationToken)
    {
        var (rolledBefore, upTo, isMore) = await TakeDueAsync(cancellationToken);
        while (_pending.Count > 0)
        {
            var pause = await RollPortionAsync(cancellationToken);
            if (_pending.Count > 0 && pause > TimeSpan.Zero)
            {
                // The machine's own clock, not the portal's: it is the machine that is shared.
                await Task.Delay(pause, cancellationToken);
            }
        }

        await EndAsync(rolledBefore, upTo, cancellationToken);
        return isMore;
    }

    private async Task<(long RolledBefore, long UpTo, bool IsMore)> TakeDueAsync(CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        using var statements = store.CreateWriter(lease.Connection);
        var position = TakeLate(statements);
        var due = Due();
        TakeOver(statements, due);
        return (queue.NotedBefore, position, queue.NotedBefore < due);
    }

    /// <summary>Takes the hours that have received late readings.</summary>
    /// <returns>The last message that is included.</returns>
    private long TakeLate(IRollupWriter statements)
    {
        var (days, spans, position) = queue.TakeAll();
        try
        {
            days = [.. days.Concat(spans.SelectMany(span => DaysOf(span, statements))).OrderBy(d => d.Day).ThenBy(d => d.LoggerId)];
        }
        catch
        {
            queue.PutBack(days, spans);
            throw;
        }

        foreach (var day in days)
        {
            Enqueue(day.LoggerId, day.Day, day.Hours);
            _late.Add(day.LoggerId);
        }

        return position;
    }

    private static IEnumerable<DirtyDay> DaysOf(LateHours span, IRollupWriter statements)
    {
        foreach (var day in statements.DaysHeard(span.LoggerId, Hours.DayOf(span.From), Hours.DayOf(span.To - 1)))
        {
            yield return new DirtyDay(span.LoggerId, day, Hours.BitsOf(day, span.From, span.To));
        }
    }

    /// <summary>
    /// Takes the hours that are over, up to the end of the first day that has any. From then on, readings that arrive for these hours are
    /// noted as late.
    /// </summary>
    private void TakeOver(IRollupWriter statements, long due)
    {
        var before = queue.NotedBefore;
        if (before >= due)
        {
            return;
        }

        var first = statements.FirstHourFrom(before) ?? due;
        if (first >= due)
        {
            queue.NotedBefore = due;
            return;
        }

        var day = Hours.DayOf(first);
        var end = Math.Min(due, (day + 1) * Hours.PerDay);
        foreach (var logger in statements.LoggersHeardOn(day))
        {
            Enqueue(logger, day, Hours.BitsOf(day, first, end));
        }

        queue.NotedBefore = end;
    }

    private void Enqueue(int loggerId, long day, int hours)
    {
        foreach (var its in series.Of(loggerId))
        {
            _pending.Enqueue((its, day, hours));
        }
    }

    /// <summary>Rolls up for one turn, and returns how long to wait before the next one.</summary>
    private async Task<TimeSpan> RollPortionAsync(CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        using var lease = await gate.EnterAsync(cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        using var statements = store.CreateWriter(lease.Connection);
        List<(SeriesEntry Series, long Day, int Hours)> taken = [];
        try
        {
            lease.Begin();
            do
            {
                var day = _pending.Dequeue();
                taken.Add(day);
                statements.Roll(day.Series, day.Day, day.Hours);
            }
            while (_pending.Count > 0 && Stopwatch.GetElapsedTime(begun) < Turn);

            lease.Commit();
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            taken.ForEach(_pending.Enqueue);
            GiveUp(lease, fault);
            throw;
        }

        var spent = Stopwatch.GetElapsedTime(begun);
        return Stopwatch.GetElapsedTime(asked, begun) > BusyWait ? PausesWhenBusy * spent : spent;
    }

    /// <summary>Saves the progress together with the cursor.</summary>
    private async Task EndAsync(long rolledBefore, long upTo, CancellationToken cancellationToken)
    {
        if ((rolledBefore, upTo) != (queue.RolledBefore, queue.RolledUpTo))
        {
            await gate.WriteAsync(
                async db =>
                {
                    using var statements = store.CreateWriter(db.Database.GetDbConnection());
                    statements.WriteRolledBefore(rolledBefore);
                    await ArrivalCursors.SaveAsync(db, Name, upTo, time.GetUtcNow(), cancellationToken);
                },
                cancellationToken);
            queue.RolledUp(rolledBefore, upTo);
        }

        foreach (var logger in _late)
        {
            feed.Publish(new LiveKey(LiveTopic.Logger, logger));
        }

        _late.Clear();
    }

    private static void GiveUp(WriteLease lease, StoreFault fault)
    {
        lease.RollBack();
        if (fault.EndsConnection)
        {
            lease.DiscardConnection();
        }
    }
}
