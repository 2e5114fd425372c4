using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>Checks the audit trail's chain of hashes and finds the first entry that is missing or was changed.</summary>
internal sealed class AuditVerifier(IDbContextFactory<PortalDbContext> contexts, IDatabase database)
{
    /// <summary>Entries read at a time, so that no long read keeps the database's log from being truncated.</summary>
    private const int Portion = 1000;

    /// <summary>The triggers of the database that prevent changes and deletions of entries.</summary>
    private static readonly string[] Guards = ["audit_entry_is_not_changed", "audit_entry_is_not_deleted"];

    /// <summary>Checks the whole chain.</summary>
    /// <param name="kept">The length and hash that were noted earlier, if any.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AuditChain> VerifyAsync(KeptHead? kept = null, CancellationToken cancellationToken = default)
    {
        var walk = new AuditChainCheck(kept ?? new KeptHead());
        for (var last = long.MinValue; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var entries = await db.AuditEntries.AsNoTracking()
                .Where(e => e.Id > last).OrderBy(e => e.Id).Take(Portion).ToListAsync(cancellationToken);
            if (entries.Find(entry => !walk.Takes(entry)) is not null || entries.Count == 0)
            {
                return walk.End(Unguarded(db));
            }

            last = entries[^1].Id;
        }
    }

    private ChainFault? Unguarded(PortalDbContext db) =>
        Guards.Except(database.TriggersOf(db, "audit_entry"), StringComparer.Ordinal).FirstOrDefault() is { } gone
            ? new ChainFault(ChainFaultKind.Unguarded, Trigger: gone)
            : null;
}

/// <summary>
/// The length and hash of the chain that were noted earlier and kept elsewhere. Only they show whether the chain's end was cut off, or
/// whether all of it was replaced.
/// </summary>
/// <param name="Count">How many entries it had.</param>
/// <param name="Hash">The hash of the last one, as hex digits.</param>
internal sealed record KeptHead(long? Count = null, string? Hash = null);

/// <summary>The result of a check of the chain.</summary>
/// <param name="Count">How many entries are in order, from the first one on.</param>
/// <param name="Head">The hash of the last one of these, as hex digits.</param>
/// <param name="Fault">The fault; null if there is none.</param>
internal sealed record AuditChain(long Count, string Head, ChainFault? Fault);
