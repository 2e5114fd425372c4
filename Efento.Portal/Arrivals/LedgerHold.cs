using System.Globalization;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Arrivals;

/// <summary>Keeps ledger lines that consumers still have to read beyond their normal age, for a limited time.</summary>
internal sealed class LedgerHold
{
    /// <summary>How long lines are kept for a consumer that is behind. After that they are deleted, and the consumer begins anew.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(7);

    private volatile string? _why;

    /// <summary>Which consumers hold back the ledger; null if none does.</summary>
    public string? Why => _why;

    /// <summary>The first message that has to be kept.</summary>
    /// <param name="db">The database.</param>
    /// <param name="first">The first message that is kept by age.</param>
    /// <param name="firstAtMost">The first message that is kept even if consumers don't need it.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    internal async Task<long> LimitAsync(PortalDbContext db, long first, long firstAtMost, CancellationToken cancellationToken)
    {
        var slowest = await db.ArrivalCursors.AsNoTracking().OrderBy(c => c.LastMessageId).ThenBy(c => c.Consumer)
            .FirstOrDefaultAsync(cancellationToken);
        if (slowest is null || slowest.LastMessageId >= first - 1
            || !await db.Messages.AnyAsync(m => m.Id > slowest.LastMessageId && m.Id < first, cancellationToken))
        {
            _why = null;
            return first;
        }

        var limit = Math.Max(firstAtMost, slowest.LastMessageId + 1);
        _why = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            The consumer "{slowest.Consumer}" has read the ledger up to message {slowest.LastMessageId} only, so that older lines are {(limit == firstAtMost ? "deleted unread: it will begin anew" : $"kept for it, {Most.TotalDays} days at most")}.
            """);
        return limit;
    }
}
