using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>
/// What came from a gateway's address, or with the token that was issued for it, since its last message, and was refused. A message with a wrong
/// token says nothing that could be believed, so the address is all there is.
/// </summary>
public sealed class GatewayRefusals(IDbContextFactory<PortalDbContext> database, RefusalCounter counter, TokenDirectory tokens)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>The refusals from a gateway's address or with its token after a time, the last one first.</summary>
    public async Task<IReadOnlyList<Refused>> ReadAsync(int gatewayId, string address, DateTimeOffset? afterUtc, CancellationToken cancellationToken = default)
    {
        List<RecentRefusal> recent = [.. counter.Recent(Recently).Where(r => (Is(r.Address, address) || IsOf(gatewayId, r.TokenId)) && !(r.LastUtc <= afterUtc))];
        if (recent.Count == 0)
        {
            return [];
        }

        var senders = recent.Select(r => r.Address).ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var written = await db.Refusals.AsNoTracking().Where(r => senders.Contains(r.Address)).ToListAsync(cancellationToken);
        return [.. recent.Select(r => Of(r, written.Find(w => w.Address == r.Address && w.Reason == r.Reason)))];
    }

    private bool IsOf(int gatewayId, int? tokenId) => tokenId is { } id && tokens.GatewayOf(id) == gatewayId;

    private static Refused Of(RecentRefusal recent, Refusal? written) =>
        new(recent.Reason, Math.Max(recent.Count, written?.Count ?? 0), written?.FirstUtc, recent.LastUtc, recent.Path);

    /// <summary>A sender may be counted by its address or by its network.</summary>
    private static bool Is(string sender, string address) =>
        sender == address || (IPNetwork.TryParse(sender, out var network) && IPAddress.TryParse(address, out var ip) && network.Contains(ip));
}

/// <summary>Messages from an address that were refused.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstUtc">The first time; null if that is not written yet.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Path">Where it went the last time, if that or the message is wrong.</param>
public sealed record Refused(TokenVerdict Reason, long Count, DateTimeOffset? FirstUtc, DateTimeOffset LastUtc, string? Path = null);
