using Efento.Portal.Access;

namespace Efento.Portal.Devices.Administration;

/// <summary>
/// Takes loggers and points out of use and back. They are kept but hidden, and their silence is not reported. Gateways are answered as
/// before, so no measurement is lost.
/// </summary>
internal sealed class Retirement(LoggerDecisions decisions, PointDecisions points, TimeProvider time)
{
    /// <summary>Its name in the audit trail.</summary>
    internal const string LoggerRetired = "logger retired", PointRetired = "measuring point retired",
    PointBroughtBack = "measuring point brought back";

    /// <summary>Retires loggers.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="loggers">The loggers as the user saw them.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<BulkOutcome> RetireAsync(
        Actor actor, IReadOnlyCollection<Seen> loggers, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return decisions.ChangeAsync(actor, loggers, logger => Retire(logger, reason), cancellationToken);
    }

    /// <summary>Brings retired loggers back.</summary>
    public Task<BulkOutcome> BringBackAsync(
        Actor actor, IReadOnlyCollection<Seen> loggers, string? reason = null, CancellationToken cancellationToken = default) =>
        decisions.ChangeAsync(actor, loggers, logger => BringBack(logger, reason), cancellationToken);

    /// <summary>Retires a measuring point.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="point">The point as the user saw it.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<PointOutcome> RetirePointAsync(Actor actor, Seen point, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return points.ChangeAsync(SiteScope.Everything, actor, point, p => Retire(p, reason), cancellationToken);
    }

    /// <summary>Brings a retired measuring point back.</summary>
    public Task<PointOutcome> BringPointBackAsync(
        Actor actor, Seen point, string? reason = null, CancellationToken cancellationToken = default) =>
        points.ChangeAsync(SiteScope.Everything, actor, point, p => BringBack(p, reason), cancellationToken);

    /// <summary>Retires a logger and the point it measures at: both, or neither if one of them was changed meanwhile.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="logger">The logger as the user saw it.</param>
    /// <param name="point">Its point as the user saw it.</param>
    /// <param name="reason">Why; required.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<PointOutcome> RetireWithPointAsync(
        Actor actor, Seen logger, Seen point, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return decisions.ChangeWithPointAsync(actor, logger, point, l => Retire(l, reason), p => Retire(p, reason), cancellationToken);
    }

    /// <summary>Brings a logger and its point back, whichever of them is retired: both, or neither if one was changed meanwhile.</summary>
    public Task<PointOutcome> BringBackWithPointAsync(
        Actor actor, Seen logger, Seen point, string? reason = null, CancellationToken cancellationToken = default) =>
        decisions.ChangeWithPointAsync(actor, logger, point, l => BringBack(l, reason), p => BringBack(p, reason), cancellationToken);

    private DecisionNote? Retire(Logger logger, string reason)
    {
        if (logger.RetiredUtc is not null)
        {
            return null;
        }

        logger.RetiredUtc = time.GetUtcNow();
        return new DecisionNote(LoggerRetired, "in use", "retired", reason.Trim());
    }

    private static DecisionNote? BringBack(Logger logger, string? reason)
    {
        if (logger.RetiredUtc is null)
        {
            return null;
        }

        logger.RetiredUtc = null;
        return new DecisionNote("logger brought back", "retired", "in use", reason);
    }

    private DecisionNote? Retire(MeasuringPoint point, string reason)
    {
        if (point.RetiredUtc is not null)
        {
            return null;
        }

        point.RetiredUtc = time.GetUtcNow();
        return new DecisionNote(PointRetired, "in use", "retired", reason.Trim());
    }

    private static DecisionNote? BringBack(MeasuringPoint point, string? reason)
    {
        if (point.RetiredUtc is null)
        {
            return null;
        }

        point.RetiredUtc = null;
        return new DecisionNote(PointBroughtBack, "retired", "in use", reason);
    }
}
