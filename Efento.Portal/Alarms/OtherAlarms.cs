using Efento.Portal.Devices;

namespace Efento.Portal.Alarms;

/// <summary>Counts the alarms about no measuring point, which no tile shows.</summary>
internal sealed class OtherAlarms(AlarmBoard board, GatewayQuery gateways)
{
    /// <summary>How many are active, not acknowledged and visible in a scope.</summary>
    public int Count(SiteScope scope) =>
        board.Present.Count(alarm => alarm is { IsActive: true, IsOpen: true, PointId: null } && Sees(scope, alarm.GatewayId));

    private bool Sees(SiteScope scope, int? gatewayId) => gatewayId is { } id ? gateways.Sees(scope, id) : !scope.IsLimited;
}
