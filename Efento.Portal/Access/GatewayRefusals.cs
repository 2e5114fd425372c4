using System.Collections.Frozen;
using System.Net;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// The messages that were refused since a gateway's last message, and that came from its address or with the token that was issued for it.
/// A message with a wrong token can't be trusted to name its gateway, so the address is the only clue.
/// </summary>
internal sealed class GatewayRefusals(IDbContextFactory<PortalDbContext> database, RefusalCounter counter, TokenDirectory tokens)
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(1);

    /// <summary>The refusals of a gateway's address or token after a time, the last one first.</summary>
    public async Task<IReadOnlyList<Refused>> ReadAsync(
        int gatewayId, string address, DateTimeOffset? afterUtc, CancellationToken cancellationToken = default)
    {
        var recent = counter.Recent(Recently).Where(r => IsOf(gatewayId, address, afterUtc, r)).ToList();
        if (recent.Count == 0)
        {
            return [];
        }

        var senders = recent.Select(r => r.Address).ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var written = await db.Refusals.AsNoTracking().Where(r => senders.Contains(r.Address)).ToListAsync(cancellationToken);
        return [.. recent.Select(r => Of(r, written.Find(w => w.Address == r.Address && w.Reason == r.Reason)))];
    }

    /// <summary>The gateways whose token was refused within a time and after their last message, with the last time; from memory.</summary>
    /// <param name="gateways">The gateways, their addresses and when they were last heard.</param>
    /// <param name="within">The time.</param>
    public IReadOnlyDictionary<int, DateTimeOffset> WrongTokens(
        IEnumerable<(int Id, string? Address, DateTimeOffset? HeardUtc)> gateways, TimeSpan within)
    {
        var recent = counter.Recent(within).Where(r => r is { IsForToken: true, Reason: not TokenVerdict.PlainHttp }).ToList();
        return recent.Count == 0
            ? FrozenDictionary<int, DateTimeOffset>.Empty
            : gateways.Select(g => (g.Id, Last: recent.Find(r => IsOf(g.Id, g.Address, g.HeardUtc, r))?.LastUtc))
                .Where(g => g.Last is not null)
                .ToFrozenDictionary(g => g.Id, g => g.Last!.Value);
    }

    private bool IsOf(int gatewayId, string? address, DateTimeOffset? afterUtc, RecentRefusal its) =>
        !(its.LastUtc <= afterUtc) && ((address is not null && Is(its.Address, address)) || IsOf(gatewayId, its.TokenId));

    private bool IsOf(int gatewayId, int? tokenId) => tokenId is { } id && tokens.GatewayOf(id) == gatewayId;

    private static Refused Of(RecentRefusal recent, Refusal? written) =>
        new(recent.Reason, Math.Max(recent.Count, written?.Count ?? 0), written?.FirstUtc, recent.LastUtc, recent.Path);

    /// <summary>A sender may be counted by its address or by its network.</summary>
    private static bool Is(string sender, string address) =>
        sender == address
            || (IPNetwork.TryParse(sender, out var network) && IPAddress.TryParse(address, out var ip) && network.Contains(ip));
}

/// <summary>Refused messages from one address.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstUtc">The first time; null if that is not written yet.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Path">The path of the last one, if the path or the HTTP message was wrong.</param>
public sealed record Refused(TokenVerdict Reason, long Count, DateTimeOffset? FirstUtc, DateTimeOffset LastUtc, string? Path = null);
