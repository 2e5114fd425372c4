using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest.Clock;

/// <summary>Confirms that the server's clock is right now. Messages are then accepted again, and old data may be deleted.</summary>
internal sealed class ClockAcceptance(
    WriteGate gate, AuditTrail audit, ReceiptTimes receipts, ServerClock clock, ClockGuard guard, TimeProvider time, LiveFeed feed)
{
    /// <summary>Accepts the present time of the clock.</summary>
    /// <exception cref="Exception">The store failed (<see cref="StoreFault.Of"/>). Nothing was changed.</exception>
    public async Task<ClockOutcome> AcceptAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!clock.IsPossible)
        {
            return new ClockOutcome(ClockVerdict.Impossible);
        }

        var outcome = await gate.WriteAsync(
            db => AcceptAsync(db, actor, cancellationToken),
            outcome =>
            {
                receipts.Correct(outcome.Corrections);
                if (outcome.State is not null)
                {
                    guard.Set(outcome.State);
                }
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Maintenance));
        return outcome;
    }

    /// <summary>
    /// What is wrong with the clock and can be settled by accepting it.
    /// </summary>
    public IReadOnlyList<IngestFault> Doubts => clock.IsPossible ? All : [];

    private IReadOnlyList<IngestFault> All => [.. ((IngestFault?[])[clock.Fault, guard.Why]).OfType<IngestFault>()];

    /// <summary>What is wrong with the clock; works without a running portal as well.</summary>
    internal async Task<IReadOnlyList<IngestFault>> DoubtsAsync(CancellationToken cancellationToken)
    {
        if (clock.LastMessageId == 0)
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            await using var db = lease.CreateContext();
            clock.LastMessageId = await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0;
        }

        return All;
    }

    /// <summary>Loads the state of the clock at the start.</summary>
    internal static void Load(PortalDbContext db, ReceiptTimes receipts, ClockGuard guard)
    {
        receipts.Correct(db.ClockCorrections.AsNoTracking().ToList());
        guard.Set(db.ClockStates.AsNoTracking().SingleOrDefault());
    }

    private async Task<ClockOutcome> AcceptAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await db.ClockCorrections.AsNoTracking().OrderBy(c => c.FromId).ToListAsync(cancellationToken);
        var last = Math.Max(clock.LastMessageId, await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0);
        var correction = CorrectionOf(known, last, now);
        var state = await db.ClockStates.SingleOrDefaultAsync(cancellationToken);
        var isDoubted = state?.JumpMs is not null || guard.Why is not null;
        if (correction is null && !isDoubted)
        {
            return new ClockOutcome(ClockVerdict.NothingToAccept) { Corrections = known };
        }

        if (correction is not null)
        {
            db.ClockCorrections.Add(correction);
        }

        if (state is null)
        {
            db.ClockStates.Add(state = new ClockState());
        }

        (state.JumpMs, state.JumpedUtc, state.AcceptedDelayMs, state.IsDelayToBeTaken) = (null, null, null, true);
        await audit.AddAsync(db, actor, NoteOf(correction, last, known, now), cancellationToken);
        return new ClockOutcome(ClockVerdict.Accepted, correction)
        {
            Corrections = correction is null ? known : [.. known, correction],
            State = state
        };
    }

    /// <summary>The correction of ids from now on; null if the clock is not behind them.</summary>
    private ClockCorrection? CorrectionOf(List<ClockCorrection> known, long last, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        if (last == 0 || CorrectedMs(known, last) <= nowMs)
        {
            return null;
        }

        // The next millisecond of ids corresponds to the present time of the clock.
        var firstMs = MessageId.Milliseconds(Math.Max(last, known.LastOrDefault()?.FromId ?? 0)) + 1;
        return new ClockCorrection
        {
            FromId = MessageId.First(firstMs),
            AheadMs = firstMs - nowMs,
            ByMs = Math.Min(nowMs, clock.BehindSinceMs ?? nowMs),
            AcceptedUtc = now,
        };
    }

    private static AuditNote NoteOf(ClockCorrection? correction, long last, List<ClockCorrection> known, DateTimeOffset now)
    {
        if (correction is null)
        {
            return new AuditNote("clock accepted", "server's clock", null, Written(now));
        }

        var said = DateTimeOffset.FromUnixTimeMilliseconds(CorrectedMs(known, last));
        return new AuditNote(
            "clock accepted",
            "server's clock",
            $"message {last} received at {Written(said)}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Written(now)}; from message {correction.FromId} on, ids are {correction.AheadMs} ms ahead"));
    }

    private static long CorrectedMs(List<ClockCorrection> known, long id)
    {
        var times = new ReceiptTimes();
        times.Correct(known);
        return times.CorrectedMs(id);
    }

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>The result.</summary>
/// <param name="Verdict">Whether the clock was accepted.</param>
/// <param name="Correction">The correction of ids from now on; null if none is needed.</param>
internal sealed record ClockOutcome(ClockVerdict Verdict, ClockCorrection? Correction = null)
{
    /// <summary>All corrections.</summary>
    internal IReadOnlyList<ClockCorrection> Corrections { get; init; } = [];

    /// <summary>The new state of the clock; null if it has not changed.</summary>
    internal ClockState? State { get; init; }
}

/// <summary>Whether a clock was accepted.</summary>
internal enum ClockVerdict : byte
{
    /// <summary>The clock was accepted.</summary>
    Accepted,

    /// <summary>Nothing was wrong with the clock.</summary>
    NothingToAccept,

    /// <summary>The clock can't be right: it is before the program was built, or decades after.</summary>
    Impossible,
}
