using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>Writes the audit trail: always within the transaction of the change itself, so that neither is there without the other.</summary>
public sealed class AuditTrail(TimeProvider time)
{
    /// <summary>The longest text that is kept of a value; the rest is cut off visibly.</summary>
    private const int LongestText = 2000;

    /// <summary>Adds an entry to <paramref name="db"/>, the writing context whose changes it tells of, and saves both.</summary>
    public Task AddAsync(PortalDbContext db, Actor actor, AuditNote note, CancellationToken cancellationToken = default) =>
        AddAsync(db, actor, [note], cancellationToken);

    /// <summary>Adds entries, in this order, to <paramref name="db"/>, the writing context whose changes they tell of, and saves all of it.</summary>
    public async Task AddAsync(PortalDbContext db, Actor actor, IReadOnlyCollection<AuditNote> notes, CancellationToken cancellationToken = default)
    {
        // What was changed gets its keys, and entries of the same transaction are found by the query.
        await db.SaveChangesAsync(cancellationToken);
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Id).Select(e => new { e.Id, e.Hash }).FirstOrDefaultAsync(cancellationToken);
        var (id, hash) = (last?.Id ?? 0, last?.Hash ?? AuditHash.Beginning);
        foreach (var note in notes)
        {
            var entry = Sealed(Entry(++id, hash, actor, note));
            db.AuditEntries.Add(entry);
            hash = entry.Hash;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private AuditEntry Entry(long id, byte[] previousHash, Actor actor, AuditNote note) => new()
    {
        Id = id,
        AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ActorKind = actor.Kind,
        Actor = Cut(actor.Name)!,
        Address = actor.Address,
        Action = note.Action,
        Subject = Cut(note.Subject)!,
        Old = Cut(note.Old),
        New = Cut(note.New),
        Reason = Cut(note.Reason),
        PreviousHash = previousHash,
        Hash = [],
    };

    private static AuditEntry Sealed(AuditEntry entry) => new()
    {
        Id = entry.Id,
        AtMs = entry.AtMs,
        ActorKind = entry.ActorKind,
        Actor = entry.Actor,
        Address = entry.Address,
        Action = entry.Action,
        Subject = entry.Subject,
        Old = entry.Old,
        New = entry.New,
        Reason = entry.Reason,
        PreviousHash = entry.PreviousHash,
        Hash = AuditHash.Of(entry),
    };

    private static string? Cut(string? text) => text is { Length: > LongestText } ? text[..LongestText] + "…" : text;
}

/// <summary>What an entry tells.</summary>
/// <param name="Action">What was done, such as "gateway token issued".</param>
/// <param name="Subject">To what.</param>
/// <param name="Old">What it was before.</param>
/// <param name="New">What it is now.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
public sealed record AuditNote(string Action, string Subject, string? Old = null, string? New = null, string? Reason = null);
