using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>
/// What came from a gateway's address since its last message and was refused for its token. A refused message says nothing that could be
/// believed, so the address is all there is.
/// </summary>
public sealed class GatewayRefusals(IDbContextFactory<PortalDbContext> database, RefusalCounter counter)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>The refusals from an address after a time, the last one first.</summary>
    public async Task<IReadOnlyList<Refused>> ReadAsync(string address, DateTimeOffset? afterUtc, CancellationToken cancellationToken = default)
    {
        List<RecentRefusal> recent = [.. counter.Recent(Recently).Where(r => Is(r.Address, address) && !(r.LastUtc <= afterUtc))];
        if (recent.Count == 0)
        {
            return [];
        }

        var senders = recent.Select(r => r.Address).ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var written = await db.Refusals.AsNoTracking().Where(r => senders.Contains(r.Address)).ToListAsync(cancellationToken);
        return [.. recent.Select(r => Of(r, written.Find(w => w.Address == r.Address && w.Reason == r.Reason)))];
    }

    private static Refused Of(RecentRefusal recent, Refusal? written) =>
        new(recent.Reason, Math.Max(recent.Count, written?.Count ?? 0), written?.FirstUtc, recent.LastUtc);

    /// <summary>A sender may be counted by its address or by its network.</summary>
    private static bool Is(string sender, string address) =>
        sender == address || (IPNetwork.TryParse(sender, out var network) && IPAddress.TryParse(address, out var ip) && network.Contains(ip));
}

/// <summary>Messages from an address that were refused.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstUtc">The first time; null if that is not written yet.</param>
/// <param name="LastUtc">The last time.</param>
public sealed record Refused(TokenVerdict Reason, long Count, DateTimeOffset? FirstUtc, DateTimeOffset LastUtc);
