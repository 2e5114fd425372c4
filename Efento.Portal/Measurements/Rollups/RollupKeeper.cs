using System.Diagnostics;
using System.Runtime.InteropServices;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Measurements.Rollups;

/// <summary>
/// Rolls hours up from the readings, always anew, at short turns beside the writer: hours that are over, once, and whatever hour something came
/// late for. Reading what an older portal stored is the same as hours that are over (docs/decisions/0050-rollups.md).
/// </summary>
internal sealed class RollupKeeper(WriteGate gate, RollupQueue queue, SeriesDirectory series, LiveFeed feed, ReceiptTimes receipts, TimeProvider time) : IDisposable
{
    /// <summary>Most of an hour's last readings have come then; what comes later is noted.</summary>
    private static readonly TimeSpan AfterHour = TimeSpan.FromMinutes(2);

    /// <summary>A turn: what waits behind it waits no longer than for a few messages.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(3);

    /// <summary>Who had to wait so long for the turn is not alone: messages come first.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromMilliseconds(0.3);

    private const int PausesWhenBusy = 50;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Queue<DirtyDay> _pending = new();
    private readonly Dictionary<SeriesEntry, int> _late = [];
    private SqliteConnection? _known;
    private RollupMark _mark;

    /// <summary>Reads how far rollups have come, and notes what a crash left to do.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        using var statements = StatementsOn(lease);
    }

    /// <summary>Rolls up what is due; at most one day of hours that are over. Who calls it twice at a time waits.</summary>
    /// <returns>Whether hours that are over still wait.</returns>
    public async Task<bool> RollUpAsync(CancellationToken cancellationToken = default)
    {
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

    private async Task<bool> RollUpOnceAsync(CancellationToken cancellationToken)
    {
        var (mark, isMore) = await BeginAsync(cancellationToken);
        var connection = _known;
        while (_pending.Count > 0)
        {
            var pause = await RollPortionAsync(cancellationToken);
            if (_pending.Count > 0 && pause > TimeSpan.Zero)
            {
                // By the machine's clock, whatever the portal's says: it is the machine that is shared.
                await Task.Delay(pause, cancellationToken);
            }
        }

        await EndAsync(mark, connection, cancellationToken);
        return isMore;
    }

    private async Task<(RollupMark Mark, bool IsMore)> BeginAsync(CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        using var statements = StatementsOn(lease);
        Take(isLate: true);
        var due = Hours.Of((time.GetUtcNow() - AfterHour).ToUnixTimeMilliseconds());
        Advance(statements, due);
        Take(isLate: false);
        return (new RollupMark(queue.NotedBefore, statements.LastMessageId()), queue.NotedBefore < due);
    }

    private void Take(bool isLate)
    {
        foreach (var day in queue.TakeAll())
        {
            _pending.Enqueue(day);
            if (isLate && series.Find(day.SeriesId) is { } its)
            {
                _late[its] = its.LateCount;
            }
        }
    }

    /// <summary>Notes the hours that are over, up to the end of the first day that has any: then everything later is noted as it comes.</summary>
    private void Advance(RollupStatements statements, long due)
    {
        if (queue.NotedBefore >= due)
        {
            return;
        }

        var first = statements.FirstHourFrom(queue.NotedBefore) ?? due;
        if (first >= due)
        {
            queue.NotedBefore = due;
            return;
        }

        var day = Hours.DayOf(first);
        var end = Math.Min(due, (day + 1) * Hours.PerDay);
        var hours = Hours.BitsOf(day, first, end);
        foreach (var seriesId in statements.SeriesHeardOn(day))
        {
            queue.Note(seriesId, day, hours);
        }

        queue.NotedBefore = end;
    }

    /// <summary>Rolls up for a turn, and says how long the next should wait.</summary>
    private async Task<TimeSpan> RollPortionAsync(CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        using var lease = await gate.EnterAsync(cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        using var statements = StatementsOn(lease);
        List<DirtyDay> taken = [];
        try
        {
            Run(lease, "BEGIN IMMEDIATE");
            do
            {
                var day = _pending.Dequeue();
                taken.Add(day);
                if (series.Find(day.SeriesId) is { } its)
                {
                    statements.Roll(its, day.Day, day.Hours);
                }
            }
            while (_pending.Count > 0 && Stopwatch.GetElapsedTime(begun) < Turn);

            Run(lease, "COMMIT");
        }
        catch (SqliteException fault)
        {
            taken.ForEach(_pending.Enqueue);
            GiveUp(lease, fault);
            throw;
        }

        var spent = Stopwatch.GetElapsedTime(begun);
        return Stopwatch.GetElapsedTime(asked, begun) > BusyWait ? PausesWhenBusy * spent : spent;
    }

    private async Task EndAsync(RollupMark mark, SqliteConnection? connection, CancellationToken cancellationToken)
    {
        if (mark != _mark)
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            using var statements = StatementsOn(lease);
            if (!ReferenceEquals(connection, _known))
            {
                // The database was opened anew meanwhile: what that left to do was noted, and this round does not count.
                return;
            }

            try
            {
                statements.Write(mark);
            }
            catch (SqliteException fault)
            {
                GiveUp(lease, fault);
                throw;
            }

            _mark = mark;
            queue.RolledBefore = mark.RolledBefore;
        }

        foreach (var (its, count) in _late)
        {
            its.RolledUp(count);
        }

        foreach (var logger in _late.Keys.Select(its => its.LoggerId).Distinct())
        {
            feed.Publish(new LiveKey(LiveTopic.Logger, logger));
        }

        _late.Clear();
    }

    /// <summary>Statements for this turn alone: a connection that somebody discards must not be held.</summary>
    private RollupStatements StatementsOn(WriteLease lease)
    {
        var statements = new RollupStatements(lease.Connection, receipts);
        if (!ReferenceEquals(_known, lease.Connection))
        {
            Recover(lease, statements);
            _known = lease.Connection;
        }

        return statements;
    }

    /// <summary>
    /// At the start, and when the database had to be opened anew: what the ledger says came after the mark is noted again, whether or not it was
    /// rolled up before the end.
    /// </summary>
    private void Recover(WriteLease lease, RollupStatements statements)
    {
        _mark = statements.ReadMark() ?? new RollupMark(
            statements.FirstHourFrom(Hours.First) ?? Hours.Of((time.GetUtcNow() - AfterHour).ToUnixTimeMilliseconds()),
            statements.LastMessageId());
        (queue.NotedBefore, queue.RolledBefore) = (_mark.RolledBefore, _mark.RolledBefore);
        using var db = lease.CreateContext();
        var beforeMs = Hours.StartMs(_mark.RolledBefore);
        var messages = db.Messages.Where(m => m.Id > _mark.MessageId && m.EarliestMeasuredAt < beforeMs)
            .Select(m => new { m.Loggers, m.EarliestMeasuredAt, m.LatestMeasuredAt });
        foreach (var message in messages)
        {
            foreach (var logger in MemoryMarshal.Cast<byte, int>(message.Loggers))
            {
                Note(db, logger, Hours.Of(message.EarliestMeasuredAt!.Value), Math.Min(_mark.RolledBefore, Hours.Of(message.LatestMeasuredAt!.Value) + 1));
            }
        }
    }

    private void Note(PortalDbContext db, int loggerId, long from, long to)
    {
        var days = db.Database.SqlQuery<long>(
            $"SELECT day AS Value FROM logger_day WHERE logger_id = {loggerId} AND day BETWEEN {Hours.DayOf(from)} AND {Hours.DayOf(to - 1)}");
        foreach (var day in days)
        {
            foreach (var its in series.Of(loggerId))
            {
                queue.Note(its.Id, day, Hours.BitsOf(day, from, to));
            }
        }
    }

    private void GiveUp(WriteLease lease, SqliteException fault)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(lease.Connection.Handle) == 0)
        {
            Run(lease, "ROLLBACK");
        }

        if (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            lease.DiscardConnection();
        }
    }

    private static void Run(WriteLease lease, string sql)
    {
        using var command = lease.Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
