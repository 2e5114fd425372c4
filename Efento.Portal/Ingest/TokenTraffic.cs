using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>Counts the messages of each token in the ledger.</summary>
internal sealed class TokenTraffic(IDbContextFactory<PortalDbContext> database, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>How long a count is reused, because counting a long ledger takes a while.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile Tuple<DateTimeOffset, Task<Dictionary<int, int>>>? _counted;

    /// <summary>The number of messages of each token within the last 24 hours.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountDayAsync()
    {
        var now = time.GetUtcNow();
        if (_counted is not { } counted || now - counted.Item1 >= Fresh || counted.Item2.IsFaulted)
        {
            _counted = counted = Tuple.Create(now, CountSinceAsync(now.AddDays(-1)));
        }

        return await counted.Item2;
    }

    /// <summary>The last message of a token since a moment; null if there is none.</summary>
    public async Task<TokenMessage?> FindLastAsync(int tokenId, DateTimeOffset sinceUtc, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var first = receipts.First(sinceUtc.ToUnixTimeMilliseconds());
        var last = await db.Messages.AsNoTracking()
            .Where(m => m.Id >= first && m.TokenId == tokenId && m.FirstPortion == null)
            .OrderByDescending(m => m.Id)
            .Select(m => new { m.Id, m.Records, m.Address, m.GatewayId, m.Answer }).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return null;
        }

        // The other portions, if the message was stored in portions.
        var more = await db.Messages.Where(m => m.FirstPortion == last.Id).GroupBy(m => m.FirstPortion)
            .Select(p => new { Records = p.Sum(m => m.Records), Answer = p.Max(m => m.Answer) }).FirstOrDefaultAsync(cancellationToken);
        return new TokenMessage(
            receipts.ReceivedAtUtc(last.Id), last.Records + (more?.Records ?? 0), last.Address, last.GatewayId,
            Math.Max(last.Answer, more?.Answer ?? 0));
    }

    private async Task<Dictionary<int, int>> CountSinceAsync(DateTimeOffset sinceUtc)
    {
        await using var db = await database.CreateDbContextAsync();
        var first = receipts.First(sinceUtc.ToUnixTimeMilliseconds());
        return await db.Messages.Where(m => m.Id >= first && m.FirstPortion == null).GroupBy(m => m.TokenId)
            .Select(m => new { TokenId = m.Key, Count = m.Count() }).ToDictionaryAsync(m => m.TokenId, m => m.Count);
    }
}

/// <summary>A message that came with a token.</summary>
/// <param name="ReceivedAtUtc">When it was received.</param>
/// <param name="Records">The number of records; 0 for a heartbeat.</param>
/// <param name="Address">The sender's address.</param>
/// <param name="GatewayId">The gateway it belongs to; null if that is unknown.</param>
/// <param name="Answer">The HTTP status of the answer.</param>
internal sealed record TokenMessage(DateTimeOffset ReceivedAtUtc, int Records, string Address, int? GatewayId, int Answer);
