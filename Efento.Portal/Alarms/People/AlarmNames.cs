using Efento.Portal.Alarms.Rules;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.People;

/// <summary>What alarms are about in words for the audit trail, and whether somebody may see them.</summary>
internal sealed class AlarmNames(GatewayQuery gateways)
{
    /// <summary>The point, gateway or portal, and what is watched there.</summary>
    public static async Task<string> OfAsync(PortalDbContext db, Alarm alarm, CancellationToken cancellationToken)
    {
        var what = alarm.Type.Length == 0 ? alarm.Kind.ToString() : $"{alarm.Kind} {alarm.Type}";
        var where = alarm switch
        {
            { PointId: { } point } =>
                await db.MeasuringPoints.Where(p => p.Id == point).Select(p => p.Name).FirstOrDefaultAsync(cancellationToken),
            { GatewayId: { } gateway } =>
                await db.Gateways.Where(g => g.Id == gateway).Select(g => g.Name).FirstOrDefaultAsync(cancellationToken),
            _ => "the portal",
        };
        return $"{what} at {where}";
    }

    /// <summary>
    /// Whether somebody may see an alarm: the point's location decides, for a gateway whether it hears a logger that they see, and alarms
    /// about the portal are for those who see everything.
    /// </summary>
    public async Task<bool> SeesAsync(PortalDbContext db, SiteScope scope, Alarm alarm, CancellationToken cancellationToken) =>
        !scope.IsLimited
        || (alarm.Kind is not RuleKind.Portal
            && (alarm.PointId is { } point
                ? scope.SeesLocation(
                    await db.MeasuringPoints.Where(p => p.Id == point).Select(p => p.LocationId).FirstOrDefaultAsync(cancellationToken))
                : alarm.GatewayId is { } gateway && gateways.Sees(scope, gateway)));
}
