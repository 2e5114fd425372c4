using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Takes gateways out of use and back. A retired gateway is kept but hidden, its silence is not reported, and measurements that name no
/// gateway are assigned to the other gateways of its token. A heartbeat of a retired gateway brings it back.
/// </summary>
internal sealed class GatewayRetirement(
    WriteGate gate, GatewayDirectory gateways, AuditTrail audit, LoggerRoster roster, LiveFeed feed, TimeProvider time)
{
    /// <summary>Retires a gateway.</summary>
    /// <param name="scope">What the user may see; a limited user can't retire gateways.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The gateway as the user saw it.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<GatewayOutcome> RetireAsync(
        SiteScope scope, Actor actor, Seen seen, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return ChangeAsync(
            scope, actor, seen, time.GetUtcNow(), new DecisionNote("gateway retired", "in use", "retired", reason.Trim()),
            cancellationToken);
    }

    /// <summary>Brings a retired gateway back.</summary>
    /// <param name="scope">What the user may see; a limited user can't bring gateways back.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The gateway as the user saw it.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<GatewayOutcome> BringBackAsync(SiteScope scope, Actor actor, Seen seen, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, actor, seen, null, new DecisionNote("gateway brought back", "retired", "in use", null), cancellationToken);

    private async Task<GatewayOutcome> ChangeAsync(
        SiteScope scope, Actor actor, Seen seen, DateTimeOffset? retiredUtc, DecisionNote note, CancellationToken cancellationToken)
    {
        var outcome = await gate.WriteAsync(
            async db =>
            {
                var gateway = await db.Gateways.FirstOrDefaultAsync(g => g.Id == seen.Id, cancellationToken);
                if (gateway is null || gateway.Version != seen.Version || scope.IsLimited)
                {
                    return GatewayOutcome.ChangedMeanwhile;
                }

                if (gateway.RetiredUtc is null != retiredUtc is null)
                {
                    gateway.RetiredUtc = retiredUtc;
                    gateway.Version++;
                    await audit.AddAsync(db, actor, note.For($"gateway {gateway.Id} {gateway.Name}"), cancellationToken);
                }

                return GatewayOutcome.Done;
            },
            done =>
            {
                if (done is GatewayOutcome.Done && gateways.Find(seen.Id) is { } entry)
                {
                    entry.RetiredMs = retiredUtc?.ToUnixTimeMilliseconds();
                }
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Gateway, seen.Id));
        roster.Changed();
        return outcome;
    }
}
