using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>Finds what a feed sends from now on: the channels of its points, by the loggers that measure there.</summary>
internal sealed class HomeAssistantPoints(LoggerDirectory loggers, SeriesDirectory series, FeedPoints points, TimeProvider time)
{
    /// <summary>The channels, one each: of two types that a channel has measured, the newest.</summary>
    public async Task<IReadOnlyList<HomeAssistantSeries>> ReadAsync(OutgoingFeed feed, CancellationToken cancellationToken)
    {
        var (within, fault) = points.LocationOf(feed);
        if (fault is not null)
        {
            return [];
        }

        var accepted = loggers.All.Where(l => l.Approval is LoggerApproval.Accepted).Select(l => l.Id).ToList();
        var placed = await points.ReadAsync(accepted, within, cancellationToken);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            .. from logger in accepted
               let point = placed.IsSent(logger, nowMs, out var its) ? its : null
               where point is not null
               from one in Of(point, logger)
               select one,
        ];
    }

    private IEnumerable<HomeAssistantSeries> Of(OutgoingPoint point, int logger)
    {
        var newest = series.Of(logger).Where(s => s.NewestMs is not null)
            .GroupBy(s => s.Channel).Select(its => its.MaxBy(s => s.NewestMs)!).ToList();
        return newest.Select(s => new HomeAssistantSeries(
            point, s.Channel, s.Type, newest.Exists(other => other != s && other.Type.Key == s.Type.Key)));
    }
}
