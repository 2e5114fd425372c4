using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>
/// Writes the audit trail, always within the transaction of the change itself, so that neither exists without the other.
/// </summary>
public sealed class AuditTrail(IBulkRows bulk, TimeProvider time)
{
    /// <summary>The longest text that is stored for a value. A longer one is cut off visibly.</summary>
    private const int LongestText = 2000;

    /// <summary>Adds an entry to <paramref name="db"/>, the writing context with the change itself; both are saved together.</summary>
    public Task AddAsync(PortalDbContext db, Actor actor, AuditNote note, CancellationToken cancellationToken = default) =>
        AddAsync(db, actor, [note], cancellationToken);

    /// <summary>
    /// Adds entries, in this order, to <paramref name="db"/>, the writing context with the changes themselves; they are saved together.
    /// </summary>
    public async Task AddAsync(
        PortalDbContext db, Actor actor, IReadOnlyCollection<AuditNote> notes, CancellationToken cancellationToken = default) =>
        db.AuditEntries.AddRange(EntriesOf(await LastAsync(db, cancellationToken), actor, notes));

    /// <summary>
    /// Writes many entries, in this order, at once, within the transaction of the changes themselves. The context must hold no entry that
    /// is not saved.
    /// </summary>
    public async Task WriteManyAsync(
        PortalDbContext db, Actor actor, IReadOnlyCollection<AuditNote> notes, CancellationToken cancellationToken = default) =>
        bulk.Insert(db, EntriesOf(await LastAsync(db, cancellationToken), actor, notes));

    private static async Task<AuditEntry?> LastAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.AuditEntries.Local.MaxBy(e => e.Id)
        ?? await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancellationToken);

    private IEnumerable<AuditEntry> EntriesOf(AuditEntry? last, Actor actor, IEnumerable<AuditNote> notes)
    {
        var (id, hash) = (last?.Id ?? 0, last?.Hash ?? AuditHash.Beginning);
        foreach (var note in notes)
        {
            var entry = Sealed(Entry(++id, hash, actor, note));
            hash = entry.Hash;
            yield return entry;
        }
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

/// <summary>The content of an entry.</summary>
/// <param name="Action">What was done, such as "gateway token issued".</param>
/// <param name="Subject">To what.</param>
/// <param name="Old">What it was before.</param>
/// <param name="New">What it is now.</param>
/// <param name="Reason">The reason that the actor gave.</param>
public sealed record AuditNote(string Action, string Subject, string? Old = null, string? New = null, string? Reason = null);
