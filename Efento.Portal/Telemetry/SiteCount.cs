using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Telemetry;

/// <summary>Counts loggers before metrics are sent; whoever asks for them counts by himself.</summary>
internal sealed class SiteCount(SiteFigures figures, IOptions<PortalOptions> options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Twice as often as they are sent, so that a figure is never older than the interval.
        using var timer = new PeriodicTimer(options.Value.Telemetry.OtlpInterval / 2, time);
        do
        {
            await figures.CountAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
