using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Efento.Portal.Simulation.Scenes;

namespace Efento.Portal.Demo;

/// <summary>Does what the people of a site would have done in the time that is told, by the same ways: approve, place, name, decide, plan.</summary>
internal sealed class DemoStaff(
    LoggerQuery loggers, LoggerAdmission admission, DemoPlaces places, PointNaming naming, SynchroniseSwitch synchronisation, MaintenanceMode maintenance, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(20), Notice = TimeSpan.FromDays(1);

    private readonly Queue<(DateTimeOffset AtUtc, Func<CancellationToken, Task> DoAsync)> _ahead = new();

    /// <summary>As the audit trail names them.</summary>
    public static Actor Actor { get; } = new(ActorKind.Command, "demo");

    /// <summary>Takes note of what there is to do.</summary>
    public void Take(Scene scene)
    {
        (DateTimeOffset, Func<CancellationToken, Task>)[] all =
        [
            (scene.BeginUtc + FirstLook, stopping => AdmitAsync(scene, stopping)),
            (scene.Maintenance.When.FromUtc - Notice, stopping => PlanAsync(scene, stopping)),
            (scene.Unsynchronised.AtUtc, stopping => SwitchOffAsync(scene.Unsynchronised, stopping)),
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

    private async Task AdmitAsync(Scene scene, CancellationToken stopping)
    {
        var heard = (await loggers.ListAllAsync(SiteScope.Everything, stopping)).ToDictionary(l => l.Serial);
        var known = scene.Named.Select(named => (named.Name, named.Location, Logger: heard[named.Device.Serial])).ToList();
        var approved = await admission.ApproveAsync(Actor, [.. known.Select(k => new Seen(k.Logger.Id, k.Logger.Version))], cancellationToken: stopping);
        Check(approved.Changed.Count == known.Count, "approve its loggers");
        foreach (var (name, location, logger) in known)
        {
            var point = await places.PlaceAsync(new Seen(logger.Point!.Id, logger.Point.Version), location, stopping);
            Check(await naming.RenameAsync(SiteScope.Everything, Actor, point, name, place: null, stopping) is PointOutcome.Done, $"name {name}");
        }
    }

    private async Task PlanAsync(Scene scene, CancellationToken stopping)
    {
        var (when, reason) = scene.Maintenance;
        Check((await maintenance.PlanAsync(Actor, when.FromUtc, when.UntilUtc, reason, stopping)).IsDone, "plan maintenance");
    }

    private async Task SwitchOffAsync(SceneDecision decision, CancellationToken stopping)
    {
        var logger = (await loggers.FindAsync(SiteScope.Everything, decision.Serial, stopping))!;
        var preview = await synchronisation.PreviewAsync([logger.Id], synchronise: false, stopping);
        Check((await synchronisation.SetAsync(Actor, preview.Changes, decision.Reason, stopping)).Changed.Count == 1, "switch a logger off");
    }

    /// <summary>Nobody else is let in meanwhile, so nothing can be in the way.</summary>
    internal static void Check(bool isDone, string what)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"The demo's staff could not {what}.");
        }
    }
}
