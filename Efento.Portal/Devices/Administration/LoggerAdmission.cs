using Efento.Portal.Access;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Decides whether loggers belong here. Approved loggers are shown and answered Y. Refused loggers are hidden and answered N. Both
/// decisions can be changed.
/// </summary>
internal sealed class LoggerAdmission(LoggerDecisions decisions, TimeProvider time)
{
    /// <summary>Approves held or refused loggers.</summary>
    public Task<BulkOutcome> ApproveAsync(
        Actor actor, IReadOnlyCollection<Seen> loggers, string? reason = null, CancellationToken cancellationToken = default) =>
        DecideAsync(actor, loggers, LoggerApproval.Accepted, "logger approved", reason, cancellationToken);

    /// <summary>Refuses loggers.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="loggers">The loggers as the user saw them.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<BulkOutcome> RefuseAsync(
        Actor actor, IReadOnlyCollection<Seen> loggers, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return DecideAsync(actor, loggers, LoggerApproval.Refused, "logger refused", reason, cancellationToken);
    }

    private Task<BulkOutcome> DecideAsync(
        Actor actor, IReadOnlyCollection<Seen> loggers, LoggerApproval approval, string action, string? reason,
        CancellationToken cancellationToken)
    {
        var flag = new FlagDecision(actor, time.GetUtcNow(), string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        return decisions.ChangeAsync(actor, loggers, logger => Decide(logger, approval, action, flag), cancellationToken);
    }

    private static DecisionNote? Decide(Logger logger, LoggerApproval approval, string action, FlagDecision flag)
    {
        if (logger.Approval == approval)
        {
            return null;
        }

        var old = InWords(logger);
        logger.Approval = approval;
        var synchronise = approval is not LoggerApproval.Refused;
        if (logger.Synchronise != synchronise)
        {
            flag.Set(logger, synchronise);
        }

        return new DecisionNote(action, old, InWords(logger), flag.Reason);
    }

    private static string InWords(Logger logger) => $"{logger.Approval.ToString().ToLowerInvariant()}, {(logger.Synchronise ? "Y" : "N")}";
}
