using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// Changes rules: each change is a new version, or the end of one, and is written together with its audit entry. All of a change is done
/// or, if anything is wrong with it, nothing. It is planned beside other writers, who wait for its writing alone.
/// </summary>
internal sealed class RuleService(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, RuleWriter writer, RuleDirectory rules, LocationDirectory locations,
    LoggerRoster roster, TimeProvider time)
{
    /// <summary>How often a change is planned beside others before they wait for its plan as well.</summary>
    private const int MostPlans = 3;

    /// <summary>Makes rules, or gives them other versions.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="drafts">What the rules shall be.</param>
    /// <param name="fromMs">
    /// From when on they are in force, by the time measured, Unix ms; null for now, <see cref="long.MinValue"/> for the beginning of time.
    /// </param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<RuleOutcome> SaveAsync(
        Actor actor, IReadOnlyList<RuleDraft> drafts, long? fromMs = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, scene => Save(scene, drafts), fromMs, isTrial: false, cancellationToken);

    /// <summary>Ends rules: from now on, those further up apply.</summary>
    public Task<RuleOutcome> EndAsync(
        Actor actor, IReadOnlyList<SeenRule> seen, string? reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(
        actor,
        scene =>
        {
            foreach (var rule in seen)
            {
                scene.End(rule, reason);
            }
        },
        null, isTrial: false, cancellationToken);

    /// <summary>Makes the drafts the whole set of rules: those that it lacks end, but for those that are built in.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="drafts">What the rules shall be.</param>
    /// <param name="isTrial">Whether nothing is changed, only told what would be.</param>
    /// <param name="fromMs">From when on they are in force; null for now.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<RuleOutcome> ReplaceAsync(
        Actor actor, IReadOnlyList<RuleDraft> drafts, bool isTrial, long? fromMs = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(
        actor,
        scene =>
        {
            Save(scene, drafts);
            scene.EndOthers();
        },
        fromMs, isTrial, cancellationToken);

    private static void Save(RuleScene scene, IReadOnlyList<RuleDraft> drafts)
    {
        for (var i = 0; i < drafts.Count; i++)
        {
            scene.Save(drafts[i], i);
        }
    }

    private async Task<RuleOutcome> ChangeAsync(
        Actor actor, Action<RuleScene> change, long? fromMs, bool isTrial, CancellationToken cancellationToken)
    {
        if (fromMs > time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return new([new(RuleFaultKind.FromAhead)], []);
        }

        Task<RuleScene> PlanAsync(PortalDbContext db) => this.PlanAsync(db, actor, change, fromMs, cancellationToken);
        for (var plans = 1; plans <= MostPlans; plans++)
        {
            var scene = await PlanAsideAsync(PlanAsync, cancellationToken);
            if (isTrial || !scene.HasChanges
                || await gate.WriteAsync(db => writer.TryWriteAsync(db, scene, cancellationToken), cancellationToken))
            {
                return await DoneAsync(scene, isTrial, cancellationToken);
            }
        }

        var last = await gate.WriteAsync(db => PlanAndWriteAsync(db, PlanAsync, cancellationToken), cancellationToken);
        return await DoneAsync(last, isTrial, cancellationToken);
    }

    private async Task<RuleScene> PlanAsideAsync(Func<PortalDbContext, Task<RuleScene>> plan, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await plan(db);
    }

    private async Task<RuleScene> PlanAndWriteAsync(
        PortalDbContext db, Func<PortalDbContext, Task<RuleScene>> plan, CancellationToken cancellationToken)
    {
        var scene = await plan(db);
        if (scene.HasChanges)
        {
            await writer.WriteAsync(db, scene, cancellationToken);
        }

        return scene;
    }

    private async Task<RuleScene> PlanAsync(
        PortalDbContext db, Actor actor, Action<RuleScene> change, long? fromMs, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var scene = await RuleScene.ReadAsync(db, actor, now, fromMs ?? now.ToUnixTimeMilliseconds(), cancellationToken);
        change(scene);
        scene.CheckTwice();
        return scene;
    }

    private async Task<RuleOutcome> DoneAsync(RuleScene scene, bool isTrial, CancellationToken cancellationToken)
    {
        if (scene.HasChanges && !isTrial)
        {
            if (scene.Places.Made.Count > 0)
            {
                await locations.ReloadAsync(cancellationToken);
                roster.Changed();
            }

            await rules.ReloadAsync(cancellationToken);
        }

        return new(scene.Faults, scene.Changes);
    }
}
