using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>
/// Does what the users of a site would have done in the past, with the same services: approve, place, name, make rules, decide, plan,
/// acknowledge.
/// </summary>
internal sealed class DemoStaff(
    LoggerQuery loggers, LoggerAdmission admission, DemoPlaces places, PointNaming naming, GatewayQuery gateways,
    GatewayNaming gatewayNaming, SynchroniseSwitch synchronisation, MaintenanceMode maintenance, DemoRules rules, DemoAnswers answers,
    TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(20), Notice = TimeSpan.FromDays(1);

    private readonly Queue<(DateTimeOffset AtUtc, Func<CancellationToken, Task> DoAsync)> _ahead = new();

    /// <summary>The actor in the audit trail.</summary>
    public static Actor Actor { get; } = new(ActorKind.Command, "demo");

    /// <summary>Notes what is to be done.</summary>
    public void Take(Scenario scenario)
    {
        (DateTimeOffset, Func<CancellationToken, Task>)[] all =
        [
            (scenario.BeginUtc + FirstLook, stopping => AdmitAsync(scenario, stopping)),
            (scenario.BeginUtc + FirstLook, stopping => NameGatewaysAsync(scenario, stopping)),
            (scenario.BeginUtc + FirstLook, stopping => rules.MakeAsync(scenario, stopping)),
            (scenario.Maintenance.When.FromUtc - Notice, stopping => PlanAsync(scenario, stopping)),
            (scenario.Unsynchronised.AtUtc, stopping => SwitchOffAsync(scenario.Unsynchronised, stopping)),
            .. scenario.Incidents.Select(
                its => (its.AnsweredUtc, (Func<CancellationToken, Task>)(stopping => answers.AnswerAsync(its, stopping)))),
        ];
        foreach (var one in all.OrderBy(a => a.Item1))
        {
            _ahead.Enqueue(one);
        }
    }

    /// <summary>Does what is due now.</summary>
    public async Task DoDueAsync(CancellationToken stopping)
    {
        while (_ahead.TryPeek(out var next) && next.AtUtc <= time.GetUtcNow())
        {
            await _ahead.Dequeue().DoAsync(stopping);
        }
    }

    private async Task AdmitAsync(Scenario scenario, CancellationToken stopping)
    {
        var heard = (await loggers.ListAllAsync(SiteScope.Everything, stopping)).ToDictionary(l => l.Serial);
        var known = scenario.Named.Select(named => (named.Name, named.Location, Logger: heard[named.Device.Serial])).ToList();
        var approved = await admission.ApproveAsync(
            Actor, [.. known.Select(k => new Seen(k.Logger.Id, k.Logger.Version))], cancellationToken: stopping);
        Check(approved.Changed.Count == known.Count, "approve its loggers");
        foreach (var (name, location, logger) in known)
        {
            var point = await places.PlaceAsync(new Seen(logger.Point!.Id, logger.Point.Version), location, stopping);
            Check(
                await naming.RenameAsync(SiteScope.Everything, Actor, point, name, place: null, stopping) is PointOutcome.Done,
                $"name {name}");
        }
    }

    private async Task NameGatewaysAsync(Scenario scenario, CancellationToken stopping)
    {
        foreach (var gateway in await gateways.ListAsync(SiteScope.Everything, stopping))
        {
            var name = scenario.Gateways.Single(g => g.Serial == gateway.Serial).Name;
            var seen = new Seen(gateway.Id, gateway.Version);
            Check(
                await gatewayNaming.RenameAsync(SiteScope.Everything, Actor, seen, name, note: null, stopping) is GatewayOutcome.Done,
                $"name {name}");
        }
    }

    private async Task PlanAsync(Scenario scenario, CancellationToken stopping)
    {
        var (when, reason) = scenario.Maintenance;
        Check((await maintenance.PlanAsync(Actor, when.FromUtc, when.UntilUtc, reason, stopping)).IsDone, "plan maintenance");
    }

    private async Task SwitchOffAsync(ScenarioDecision decision, CancellationToken stopping)
    {
        var logger = (await loggers.FindAsync(SiteScope.Everything, decision.Serial, stopping))!;
        var preview = await synchronisation.PreviewAsync([logger.Id], synchronise: false, stopping);
        Check(
            (await synchronisation.SetAsync(Actor, preview.Changes, decision.Reason, stopping)).Changed.Count == 1, "switch a logger off");
    }

    /// <summary>Nobody else is admitted in the meantime, so nothing can prevent it.</summary>
    internal static void Check(bool isDone, string what)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"The demo's staff could not {what}.");
        }
    }
}
