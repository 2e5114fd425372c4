using Efento.Portal.Devices;
using Efento.Portal.Maintenance;

namespace Efento.Portal.Telemetry;

/// <summary>
/// How many loggers are in which condition. Figures are collected synchronously, and this one has to be awaited, so it is counted before.
/// Thread-safe.
/// </summary>
internal sealed class SiteFigures(LoggerQuery loggers, MaintenanceMode maintenance, TimeProvider time)
{
    private volatile IReadOnlyDictionary<LoggerCondition, int> _counted = new Dictionary<LoggerCondition, int>();

    /// <summary>How many loggers were in each condition when they were counted last.</summary>
    public IReadOnlyDictionary<LoggerCondition, int> Loggers => _counted;

    /// <summary>Counts anew.</summary>
    public async Task<IReadOnlyDictionary<LoggerCondition, int>> CountAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var window = maintenance.Current;
        var all = await loggers.ListAllAsync(SiteScope.Everything, cancellationToken);
        return _counted = all.CountBy(logger => LoggerState.Of(logger, window).At(now)).ToDictionary();
    }
}
