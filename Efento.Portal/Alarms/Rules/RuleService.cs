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
        ChangeAsync(actor, planned => Save(planned, drafts), fromMs, isTrial: false, cancellationToken);

    /// <summary>Ends rules: from now on, those further up apply.</summary>
    public Task<RuleOutcome> EndAsync(
        Actor actor, IReadOnlyList<SeenRule> seen, string? reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(
        actor,
        planned =>
        {
            foreach (var rule in seen)
            {
                planned.End(rule, reason);
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
        planned =>
        {
            Save(planned, drafts);
            planned.EndOthers();
        },
        fromMs, isTrial, cancellationToken);

    private static void Save(RulePlan planned, IReadOnlyList<RuleDraft> drafts)
    {
        for (var i = 0; i < drafts.Count; i++)
        {
            planned.Save(drafts[i], i);
        }
    }

    private async Task<RuleOutcome> ChangeAsync(
        Actor actor, Action<RulePlan> change, long? fromMs, bool isTrial, CancellationToken cancellationToken)
    {
        if (fromMs > time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return new([new(RuleFaultKind.FromAhead)], []);
        }

        Task<RulePlan> PlanAsync(PortalDbContext db) => this.PlanAsync(db, actor, change, fromMs, cancellationToken);
        for (var plans = 1; plans <= MostPlans; plans++)
        {
            var planned = await PlanAsideAsync(PlanAsync, cancellationToken);
            if (isTrial || !planned.HasChanges
                || await gate.WriteAsync(db => writer.TryWriteAsync(db, planned, cancellationToken), cancellationToken))
            {
                return await DoneAsync(planned, isTrial, cancellationToken);
            }
        }

        var last = await gate.WriteAsync(db => PlanAndWriteAsync(db, PlanAsync, cancellationToken), cancellationToken);
        return await DoneAsync(last, isTrial, cancellationToken);
    }

    private async Task<RulePlan> PlanAsideAsync(Func<PortalDbContext, Task<RulePlan>> plan, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await plan(db);
    }

    private async Task<RulePlan> PlanAndWriteAsync(
        PortalDbContext db, Func<PortalDbContext, Task<RulePlan>> plan, CancellationToken cancellationToken)
    {
        var planned = await plan(db);
        if (planned.HasChanges)
        {
            await writer.WriteAsync(db, planned, cancellationToken);
        }

        return planned;
    }

    private async Task<RulePlan> PlanAsync(
        PortalDbContext db, Actor actor, Action<RulePlan> change, long? fromMs, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var planned = await RulePlan.ReadAsync(db, actor, now, fromMs ?? now.ToUnixTimeMilliseconds(), cancellationToken);
        change(planned);
        planned.CheckTwice();
        return planned;
    }

    private async Task<RuleOutcome> DoneAsync(RulePlan planned, bool isTrial, CancellationToken cancellationToken)
    {
        if (planned.HasChanges && !isTrial)
        {
            if (planned.Places.Made.Count > 0)
            {
                await locations.ReloadAsync(cancellationToken);
                roster.Changed();
            }

            await rules.ReloadAsync(cancellationToken);
        }

        return new(planned.Faults, planned.Changes);
    }
}
