using System.Data.Common;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Arrivals;
using Efento.Portal.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Notifications.Watching;

/// <summary>
/// Whether the portal really watches: it takes what gateways send, stores it and judges it, and looks for what is silent.
/// </summary>
internal sealed class WatchConditions(ArrivalFeed arrivals, StandingWatch standing, HealthCheckService health, WriteGate gate)
{
    /// <summary>The check that says whether gateways are answered 201.</summary>
    private const string IngestCheck = "ingest";

    /// <summary>Why it does not watch; null if it does.</summary>
    public async Task<WatchFault?> FaultAsync(CancellationToken cancellationToken) =>
        OfJudging()
        ?? (standing.Fails ? new WatchFault(WatchFaultKind.Standing, "") : null)
        ?? await OfIngestAsync(cancellationToken)
        ?? await OfStoreAsync(cancellationToken);

    private WatchFault? OfJudging()
    {
        var its = arrivals.Subscriptions.FirstOrDefault(s => s.Consumer.Name == AlarmEvaluator.Cursor);
        return its is null ? new(WatchFaultKind.Judging, "")
            : its.Fault is { } fault ? new(WatchFaultKind.Judging, fault.Message)
            : its.Queue.IsBehind || its.Busy >= ArrivalHealthCheck.MostBusy ? new(WatchFaultKind.Judging, "")
            : null;
    }

    private async Task<WatchFault?> OfIngestAsync(CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(check => check.Name == IngestCheck, cancellationToken);
        return report.Status is HealthStatus.Healthy
            ? null
            : new(WatchFaultKind.Refusing, report.Entries.Values.FirstOrDefault().Description ?? "");
    }

    private async Task<WatchFault?> OfStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gate.TryWritingAsync(cancellationToken);
            return null;
        }
        catch (DbException fault)
        {
            return new(WatchFaultKind.Store, fault.Message);
        }
    }
}
