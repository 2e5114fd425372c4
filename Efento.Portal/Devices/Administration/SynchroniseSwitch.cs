using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Y or N: whether gateways keep a logger's measurements and synchronise them. A change counts from the next reply on.</summary>
internal sealed class SynchroniseSwitch(LoggerDecisions decisions, IDbContextFactory<PortalDbContext> database, TimeProvider time)
{
    /// <summary>Its name in the audit trail.</summary>
    public const string Action = "synchronisation set";

    /// <summary>What setting these loggers to Y (true) or N will change.</summary>
    public async Task<FlagPreview> PreviewAsync(
        IReadOnlyCollection<int> loggerIds, bool synchronise, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var names = await LoggerNames.ReadAsync(db, loggerIds, cancellationToken);
        var found = await db.Loggers.AsNoTracking().Where(l => loggerIds.Contains(l.Id)).ToListAsync(cancellationToken);
        var named = found.Select(l => (Logger: l, Name: names.GetValueOrDefault(l.Id) ?? l.Serial))
            .OrderBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase)
            .ToList();
        return new FlagPreview(
            synchronise,
            [
                .. from l in named where WhyNot(l.Logger, synchronise) is null select new FlagChange(
                    SeenAs(l.Logger), l.Logger.Serial, l.Name, l.Logger.Synchronise, synchronise)
            ],
            [
                .. from l in named let why = WhyNot(l.Logger, synchronise) where why is not null select new UnchangedFlag(
                    l.Logger.Serial, l.Name, why.Value)
            ]);
    }

    /// <summary>Makes the changes of a preview, or of an undo.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="changes">What is to change.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<FlagOutcome> SetAsync(
        Actor actor, IReadOnlyCollection<FlagChange> changes, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var wanted = changes.ToDictionary(c => c.Logger.Id);
        var decision = new FlagDecision(actor, time.GetUtcNow(), reason.Trim());
        var outcome = await decisions.ChangeAsync(
            actor, [.. changes.Select(c => c.Logger)], logger =>
                WhyNot(logger, wanted[logger.Id].To) is null ? decision.Set(logger, wanted[logger.Id].To) : null, cancellationToken);
        return new FlagOutcome([.. outcome.Changed.Select(c => wanted[c.Id])], outcome.Meanwhile);
    }

    private static Seen SeenAs(Logger logger) => new(logger.Id, logger.Version);

    private static UnchangedFlagReason? WhyNot(Logger logger, bool synchronise) => logger switch
    {
        { Approval: LoggerApproval.Held } => UnchangedFlagReason.Held,
        { Approval: LoggerApproval.Refused } => UnchangedFlagReason.Refused,
        _ when logger.Synchronise == synchronise => UnchangedFlagReason.Already,
        _ => null,
    };
}
