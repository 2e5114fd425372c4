using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access.Audit;

/// <summary>Reads the audit trail.</summary>
internal sealed class AuditQuery(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>A page of entries, newest first.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="before">Only entries before this one, for the next page.</param>
    /// <param name="limit">The most entries.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AuditExcerpt> ReadAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var entries = filter.Of(db.AuditEntries.AsNoTracking());
        if (before is { } id)
        {
            entries = entries.Where(e => e.Id < id);
        }

        var read = await entries.OrderByDescending(e => e.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return new AuditExcerpt([.. read.Take(limit)], read.Count > limit ? read[limit - 1].Id : null);
    }

    /// <summary>Every action there is, by name.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return [.. (await db.AuditEntries.Select(e => e.Action).Distinct().ToListAsync(cancellationToken)).Order(StringComparer.Ordinal)];
    }
}

/// <summary>Some entries of the audit trail.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Before">The value of <c>before</c> for the next page; null if there is none.</param>
internal sealed record AuditExcerpt(IReadOnlyList<AuditEntry> Entries, long? Before);
