using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Backup.Holding;

/// <summary>Says what a restored or copied portal holds, and does what somebody decides about it.</summary>
public sealed class HoldService(
    SendHold hold, IEnumerable<IHeldWork> works, WriteGate gate, IDbContextFactory<PortalDbContext> database, AuditTrail audit,
    LiveFeed feed, TimeProvider time)
{
    /// <summary>What is held; null if nothing is.</summary>
    public async Task<HeldState?> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var place = await db.PortalPlaces.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (place is not { HeldUtc: { } since, Reason: { } reason })
        {
            return null;
        }

        HeldAmount all = default;
        foreach (var work in works)
        {
            var its = await work.CountAsync(cancellationToken);
            all = new(all.Messages + its.Messages, all.Feeds + its.Feeds);
        }

        return new(since, reason, place.StateUtc ?? since, all, await TokensAsync(db, cancellationToken));
    }

    /// <summary>Lets everything be sent.</summary>
    /// <returns>False if nothing was held.</returns>
    public Task<bool> SendAsync(Actor actor, CancellationToken cancellationToken = default) =>
        ReleaseAsync(actor, "held messages sent", cancellationToken);

    /// <summary>Drops what waited, and lets everything later be sent.</summary>
    /// <returns>False if nothing was held.</returns>
    public async Task<bool> DropAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (await ReadAsync(cancellationToken) is not { } held)
        {
            return false;
        }

        // Each is done again if the portal ends in between: the hold ends last.
        foreach (var work in works)
        {
            await work.DropAsync(actor, held.SinceUtc, cancellationToken);
        }

        return await ReleaseAsync(actor, "held messages dropped", cancellationToken);
    }

    private async Task<bool> ReleaseAsync(Actor actor, string what, CancellationToken cancellationToken)
    {
        var isReleased = await gate.WriteAsync(
            async db =>
            {
                if (await db.PortalPlaces.SingleOrDefaultAsync(cancellationToken) is not { HeldUtc: { } since } place)
                {
                    return false;
                }

                (place.HeldUtc, place.Reason) = (null, null);
                await audit.AddAsync(db, actor, new AuditNote(what, "portal", Old: $"held since {since:u}"), cancellationToken);
                return true;
            },
            cancellationToken);
        hold.Release();
        feed.Publish(new LiveKey(LiveTopic.Hold));
        return isReleased;
    }

    /// <summary>The tokens that are valid: an older state does not know which of them were revoked later.</summary>
    private async Task<IReadOnlyList<RevivedToken>> TokensAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var gateways = await db.GatewayTokens.AsNoTracking()
            .Where(t => t.RevokedUtc == null && (t.ExpiresUtc == null || t.ExpiresUtc > now))
            .OrderBy(t => t.Id).Select(t => new RevivedToken(t.Id, false, t.Name, t.CreatedUtc)).ToListAsync(cancellationToken);
        var programs = await db.ApiTokens.AsNoTracking()
            .Where(t => t.RevokedUtc == null && (t.ExpiresUtc == null || t.ExpiresUtc > now))
            .OrderBy(t => t.Id).Select(t => new RevivedToken(t.Id, true, t.Name, t.CreatedUtc)).ToListAsync(cancellationToken);
        return [.. gateways, .. programs];
    }
}

/// <summary>What a restored or copied portal holds.</summary>
/// <param name="SinceUtc">Since when.</param>
/// <param name="Reason">Why.</param>
/// <param name="StateUtc">Up to when it knows what happened.</param>
/// <param name="Waiting">What waits to be sent.</param>
/// <param name="Tokens">The tokens that are valid. Those that were revoked after <paramref name="StateUtc"/> are among them.</param>
public sealed record HeldState(
    DateTimeOffset SinceUtc, HoldReason Reason, DateTimeOffset StateUtc, HeldAmount Waiting, IReadOnlyList<RevivedToken> Tokens);

/// <summary>A token that is valid in the state that was restored.</summary>
/// <param name="Id">Its number.</param>
/// <param name="IsForApi">Whether a program uses it.</param>
/// <param name="Name">Its name.</param>
/// <param name="IssuedUtc">When it was issued.</param>
public sealed record RevivedToken(int Id, bool IsForApi, string Name, DateTimeOffset IssuedUtc);
