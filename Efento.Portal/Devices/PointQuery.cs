using Efento.Portal.Data;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Reads the current state of measuring points for pages.</summary>
internal sealed class PointQuery(
    IDbContextFactory<PortalDbContext> database, PointHistory history, LoggerQuery loggers, SeriesDirectory series,
    LocationDirectory locations)
{
    /// <summary>A point with the loggers that measured there; null if it does not exist or the user may not see it.</summary>
    public async Task<PointDetails?> FindAsync(SiteScope scope, int pointId, CancellationToken cancellationToken = default)
    {
        var spans = await history.SpansAsync(scope, pointId, cancellationToken);
        if (spans.All.Count == 0)
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var point = await db.MeasuringPoints.AsNoTracking().FirstAsync(p => p.Id == pointId, cancellationToken);
        var current = spans.All.LastOrDefault(s => s.UntilUtc is null);
        return new PointDetails(
            new PointOverview(point.Id, point.Name, point.Place, point.RetiredUtc, point.Version)
            {
                Location = locations.Tree.Find(point.LocationId)
            },
            spans,
            current is null ? null : await loggers.FindAsync(scope, current.Serial, cancellationToken),
            [
                .. spans.All.SelectMany(s => series.Of(s.LoggerId))
                    .Select(s => new PointChannel(s.Channel, s.Type))
                    .DistinctBy(c => c.Key)
                    .OrderBy(c => c.Channel)
                    .ThenBy(c => c.Type.Key, StringComparer.Ordinal)
            ]);
    }
}

/// <summary>A measuring point with its loggers and channels.</summary>
/// <param name="Point">The point.</param>
/// <param name="Spans">Which loggers measured there.</param>
/// <param name="Logger">The logger that measures there now; null if none does.</param>
/// <param name="Channels">The channels that any of them measured, by channel and type.</param>
public sealed record PointDetails(PointOverview Point, PointSpans Spans, LoggerOverview? Logger, IReadOnlyList<PointChannel> Channels);

/// <summary>A channel of a measuring point. All loggers that measured there share one line.</summary>
/// <param name="Channel">The loggers' channel, 1–255.</param>
/// <param name="Type">What is measured.</param>
public sealed record PointChannel(byte Channel, MeasurementType Type)
{
    /// <summary>The key that is unique within its point.</summary>
    public (byte Channel, string Type) Key => (Channel, Type.Key);
}
