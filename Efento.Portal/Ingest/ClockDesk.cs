using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>Somebody says that the server's clock is right as it is now: messages are taken again, and what is old may be deleted.</summary>
public sealed class ClockDesk(WriteGate gate, AuditTrail audit, ReceiptTimes receipts, ServerClock clock, ClockGuard guard, TimeProvider time, LiveFeed feed)
{
    /// <summary>Accepts the clock as it is now.</summary>
    /// <exception cref="DbUpdateException">The store failed; nothing was changed.</exception>
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

    /// <summary>What is wrong with the clock, each in a sentence or two of the language spoken: what accepting it would settle.</summary>
    public IReadOnlyList<string> Doubts => clock.IsPossible ? [.. ((string?[])[clock.Fault, guard.Why]).OfType<string>()] : [];

    /// <summary>What is wrong with the clock, also where no portal runs.</summary>
    internal async Task<IReadOnlyList<string>> DoubtsAsync(CancellationToken cancellationToken)
    {
        if (clock.LastMessageId == 0)
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            await using var db = lease.CreateContext();
            clock.LastMessageId = await db.Messages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? 0;
        }

        return [.. ((string?[])[clock.Fault, guard.Why]).OfType<string>()];
    }

    /// <summary>Reads what is known of the clock, at the start.</summary>
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
        return new ClockOutcome(ClockVerdict.Accepted, correction) { Corrections = correction is null ? known : [.. known, correction], State = state };
    }

    /// <summary>What corrects ids from now on; null if the clock is not behind them.</summary>
    private ClockCorrection? CorrectionOf(List<ClockCorrection> known, long last, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        if (last == 0 || SaidMs(known, last) <= nowMs)
        {
            return null;
        }

        // The next millisecond of ids is the present one of the clock.
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

        var said = DateTimeOffset.FromUnixTimeMilliseconds(SaidMs(known, last));
        return new AuditNote(
            "clock accepted",
            "server's clock",
            $"message {last} received at {Written(said)}",
            string.Create(CultureInfo.InvariantCulture, $"{Written(now)}; from message {correction.FromId} on, ids are {correction.AheadMs} ms ahead"));
    }

    private static long SaidMs(List<ClockCorrection> known, long id)
    {
        var times = new ReceiptTimes();
        times.Correct(known);
        return times.SaidMs(id);
    }

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>What became of it.</summary>
/// <param name="Verdict">Whether the clock was accepted.</param>
/// <param name="Correction">What corrects ids from now on; null if none was needed.</param>
public sealed record ClockOutcome(ClockVerdict Verdict, ClockCorrection? Correction = null)
{
    /// <summary>Every correction that holds.</summary>
    internal IReadOnlyList<ClockCorrection> Corrections { get; init; } = [];

    /// <summary>What is kept of the clock; null if that has not changed.</summary>
    internal ClockState? State { get; init; }
}

/// <summary>Whether a clock was accepted.</summary>
public enum ClockVerdict : byte
{
    /// <summary>It is.</summary>
    Accepted,

    /// <summary>Nothing was wrong with it.</summary>
    NothingToAccept,

    /// <summary>It can't be right: before the program was built, or decades later.</summary>
    Impossible,
}
