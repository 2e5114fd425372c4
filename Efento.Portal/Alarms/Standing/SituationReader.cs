using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Alarms.Standing;

/// <summary>
/// Reads how loggers and gateways are now. As long as nothing arrives and nobody changes anything, it asks the database nothing. Used by
/// one thread at a time.
/// </summary>
internal sealed class SituationReader(
    RuleDirectory rules, PlaceLog places, LoggerRoster roster, LoggerQuery loggers, GatewayDirectory directory, GatewayQuery gateways,
    GatewayRefusals refusals, MaintenanceMode maintenance, MaintenanceLog past, TimeProvider time)
{
    private (int Version, long Messages) _stamp = (-1, 0);
    private IReadOnlyList<GatewayOverview> _gateways = [];
    private IReadOnlyDictionary<int, DateTimeOffset> _onBattery = new Dictionary<int, DateTimeOffset>();
    private MaintenanceWindow? _window;
    private DateTimeOffset? _backUtc;

    /// <summary>The situation now.</summary>
    public async Task<Situation> ReadAsync(CancellationToken cancellationToken)
    {
        await places.BringUpToDateAsync(cancellationToken);
        await ReadGatewaysAsync(cancellationToken);
        await ReadMaintenanceAsync(cancellationToken);
        return new Situation(
            time.GetUtcNow(),
            rules.Book,
            await loggers.HeardAsync(SiteScope.Everything, cancellationToken),
            _gateways,
            _window,
            _backUtc!.Value,
            _onBattery,
            refusals.WrongTokens(_gateways.Select(g => (g.Id, g.Address, g.LastMessageUtc)), Situation.Recently));
    }

    private async Task ReadGatewaysAsync(CancellationToken cancellationToken)
    {
        // Before the question: what is heard meanwhile is then read again.
        var stamp = (roster.Version, directory.All.Sum(g => g.LastMessageId));
        if (stamp != _stamp)
        {
            _gateways = await gateways.ListAsync(SiteScope.Everything, cancellationToken);
            _onBattery = await OnBatteryAsync(cancellationToken);
            _stamp = stamp;
        }
    }

    /// <summary>Asks once for each that loses mains: each of its later heartbeats says the same.</summary>
    private async Task<Dictionary<int, DateTimeOffset>> OnBatteryAsync(CancellationToken cancellationToken)
    {
        Dictionary<int, DateTimeOffset> all = [];
        foreach (var gateway in _gateways.Where(g => g.IsOnBattery))
        {
            all[gateway.Id] = _onBattery.TryGetValue(gateway.Id, out var known)
                ? known
                : await gateways.OnBatterySinceAsync(SiteScope.Everything, gateway.Id, cancellationToken)
                    ?? gateway.LastHeartbeatUtc ?? gateway.FirstSeenUtc;
        }

        return all;
    }

    private async Task ReadMaintenanceAsync(CancellationToken cancellationToken)
    {
        var window = maintenance.Current;
        if (_backUtc is null || !ReferenceEquals(window, _window))
        {
            var ended = (await past.ReadPastAsync(1, cancellationToken)).FirstOrDefault(w => !w.IsCancelled)?.UntilUtc;
            _backUtc = ended > maintenance.StartedUtc ? ended.Value : maintenance.StartedUtc;
            _window = window;
        }
    }
}
