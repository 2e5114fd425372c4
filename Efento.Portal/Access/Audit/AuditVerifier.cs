using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>Goes along the audit trail's chain of hashes and finds the first entry that is missing or not as it was written.</summary>
public sealed class AuditVerifier(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>Entries read at a time, so that no read holds up the database's log.</summary>
    private const int Portion = 1000;

    /// <summary>The triggers of the database that refuse to change or delete an entry.</summary>
    private static readonly string[] Guards = ["audit_entry_is_not_changed", "audit_entry_is_not_deleted"];

    /// <summary>Goes along the whole chain.</summary>
    /// <param name="kept">What somebody wrote down of the chain earlier, if they did.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditChain> VerifyAsync(KeptHead? kept = null, CancellationToken cancellationToken = default)
    {
        var walk = new AuditWalk(kept ?? new KeptHead());
        for (var last = long.MinValue; ;)
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var entries = await db.AuditEntries.AsNoTracking().Where(e => e.Id > last).OrderBy(e => e.Id).Take(Portion).ToListAsync(cancellationToken);
            if (entries.Find(entry => !walk.Takes(entry)) is not null || entries.Count == 0)
            {
                return walk.End(await UnguardedAsync(db, cancellationToken));
            }

            last = entries[^1].Id;
        }
    }

    private static async Task<string?> UnguardedAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var there = await db.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'").ToListAsync(cancellationToken);
        return Guards.Except(there).FirstOrDefault() is { } gone ? AccessText.ChainUnguarded(gone) : null;
    }
}

/// <summary>What somebody wrote down of the chain earlier and kept elsewhere; only that shows whether its end was cut off or all of it replaced.</summary>
/// <param name="Count">How many entries it had.</param>
/// <param name="Hash">The hash of the last one, as hex digits.</param>
public sealed record KeptHead(long? Count = null, string? Hash = null);

/// <summary>What a walk along the chain found.</summary>
/// <param name="Count">How many entries are in order, from the first one on.</param>
/// <param name="Head">The hash of the last one of these, as hex digits.</param>
/// <param name="Fault">What is wrong, in a sentence of the language spoken; null if nothing is.</param>
public sealed record AuditChain(long Count, string Head, string? Fault);
