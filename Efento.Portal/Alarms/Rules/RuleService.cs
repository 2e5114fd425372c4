using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// Changes rules: each change is a new version, or the end of one, and is written together with its audit entry. All of a change is done
/// or, if anything is wrong with it, nothing.
/// </summary>
internal sealed class RuleService(
    WriteGate gate, AuditTrail audit, RuleDirectory rules, LocationDirectory locations, LoggerRoster roster, TimeProvider time)
{
    private const string Before = "before_rules";

    /// <summary>Makes rules, or gives them other versions.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="drafts">What the rules shall be.</param>
    /// <param name="fromMs">
    /// From when on they are in force, by the time measured, Unix ms; null for now, <see cref="long.MinValue"/> for the beginning of time.
    /// </param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<RuleOutcome> SaveAsync(
        Actor actor, IReadOnlyList<RuleDraft> drafts, long? fromMs = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, scene => SaveAsync(scene, drafts, cancellationToken), fromMs, isTrial: false, cancellationToken);

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

            return Task.CompletedTask;
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
        async scene =>
        {
            await SaveAsync(scene, drafts, cancellationToken);
            scene.EndOthers();
        },
        fromMs, isTrial, cancellationToken);

    private static async Task SaveAsync(RuleScene scene, IReadOnlyList<RuleDraft> drafts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < drafts.Count; i++)
        {
            await scene.SaveAsync(drafts[i], i, cancellationToken);
        }
    }

    private async Task<RuleOutcome> ChangeAsync(
        Actor actor, Func<RuleScene, Task> change, long? fromMs, bool isTrial, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (fromMs > now.ToUnixTimeMilliseconds())
        {
            return new([new(RuleFaultKind.FromAhead)], []);
        }

        var (outcome, hasMadePlaces) = await gate.WriteAsync(
            db => ChangeAsync(db, actor, change, now, fromMs, isTrial, cancellationToken), cancellationToken);
        if (hasMadePlaces)
        {
            await locations.ReloadAsync(cancellationToken);
            roster.Changed();
        }

        if (outcome is { IsDone: true, Changes.Count: > 0 } && !isTrial)
        {
            await rules.ReloadAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<(RuleOutcome Outcome, bool HasMadePlaces)> ChangeAsync(
        PortalDbContext db, Actor actor, Func<RuleScene, Task> change, DateTimeOffset now, long? fromMs, bool isTrial,
        CancellationToken cancellationToken)
    {
        await db.Database.CurrentTransaction!.CreateSavepointAsync(Before, cancellationToken);
        var scene = await RuleScene.ReadAsync(db, actor, now, fromMs ?? now.ToUnixTimeMilliseconds(), cancellationToken);
        await change(scene);
        scene.CheckTwice();
        var outcome = new RuleOutcome(scene.Faults, scene.Changes);
        if (!outcome.IsDone || isTrial)
        {
            db.ChangeTracker.Clear();
            await db.Database.CurrentTransaction!.RollbackToSavepointAsync(Before, cancellationToken);
            return (outcome, false);
        }

        await audit.AddAsync(db, actor, scene.Notes, cancellationToken);
        return (outcome, scene.Places.Made.Count > 0);
    }
}
