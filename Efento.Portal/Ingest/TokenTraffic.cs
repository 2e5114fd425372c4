using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>What came with which token, from the ledger.</summary>
public sealed class TokenTraffic(IDbContextFactory<PortalDbContext> database, ReceiptTimes receipts, TimeProvider time)
{
    /// <summary>Counting a day's ledger takes a while when it is long, so it is done this often at most.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile Tuple<DateTimeOffset, Task<Dictionary<int, int>>>? _counted;

    /// <summary>How many messages came with each token within the last 24 hours.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountDayAsync()
    {
        var now = time.GetUtcNow();
        if (_counted is not { } counted || now - counted.Item1 >= Fresh || counted.Item2.IsFaulted)
        {
            _counted = counted = Tuple.Create(now, CountSinceAsync(now.AddDays(-1)));
        }

        return await counted.Item2;
    }

    /// <summary>The last message that came with a token since a moment; null if none has.</summary>
    public async Task<TokenMessage?> FindLastAsync(int tokenId, DateTimeOffset sinceUtc, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var first = receipts.First(sinceUtc.ToUnixTimeMilliseconds());
        var last = await db.Messages.AsNoTracking().Where(m => m.Id >= first && m.TokenId == tokenId && m.FirstPortion == null).OrderByDescending(m => m.Id)
            .Select(m => new { m.Id, m.Records, m.Address, m.GatewayId, m.Answer }).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return null;
        }

        // Further portions, if it was stored in some.
        var more = await db.Messages.Where(m => m.FirstPortion == last.Id).GroupBy(m => m.FirstPortion)
            .Select(p => new { Records = p.Sum(m => m.Records), Answer = p.Max(m => m.Answer) }).FirstOrDefaultAsync(cancellationToken);
        return new TokenMessage(
            receipts.ReceivedAtUtc(last.Id), last.Records + (more?.Records ?? 0), last.Address, last.GatewayId, Math.Max(last.Answer, more?.Answer ?? 0));
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
/// <param name="ReceivedAtUtc">When.</param>
/// <param name="Records">How many records it held; 0 for a heartbeat.</param>
/// <param name="Address">From where.</param>
/// <param name="GatewayId">The gateway it belongs to; null if nothing tells which.</param>
/// <param name="Answer">The HTTP status it was answered with.</param>
public sealed record TokenMessage(DateTimeOffset ReceivedAtUtc, int Records, string Address, int? GatewayId, int Answer);
