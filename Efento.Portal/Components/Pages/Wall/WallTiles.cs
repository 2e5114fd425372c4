using Efento.Portal.Alarms;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Streaming;

namespace Efento.Portal.Components.Pages.Wall;

/// <summary>Creates the tiles of the wall board: those of the overview, without the last 24 hours.</summary>
internal sealed class WallTiles(IngestFaults faults, OtherAlarms others, IPointAlerts alerts) : ILiveTiles
{
    /// <summary>The number of locations that are shown. Outer ones don't distinguish points on a board that is read from afar.</summary>
    private const int InnermostLocations = 2;

    /// <inheritdoc/>
    public LiveTile Of(LoggerOverview logger, MaintenanceWindow? maintenance, Units units)
    {
        var tile = OverviewTiles.Of(logger, maintenance, units, day: null);
        return new LiveTile(
            WhereOf(logger.Point),
            tile.Freshness.State,
            tile.Freshness.HasAlert,
            tile.Freshness.Verdict,
            tile.HasRemark,
            tile.MeasuredAtUtc,
            logger.Point is { } point ? alerts.CriticalOf(point.Id) : [],
            [
                .. tile.Values.Select(v => new LiveTileValue(
                    v.NameAmong(tile.Values.Count), v.Channel, v.Text, v.Unit, v.Remark, v.IsAlarm, v.LeftBehindUtc,
                    TextWidth.Of(v.Text, v.Unit)))
            ]);
    }

    /// <inheritdoc/>
    public LiveNotice NoticeOf(SiteScope scope, MaintenanceWindow? maintenance) => new(
        faults.Now.Count > 0,
        maintenance?.UntilUtc,
        maintenance is { Reason.Length: > 0 } ? maintenance.Reason : null,
        others.Count(scope));

    private static string WhereOf(PointOverview? point)
    {
        var innermost = point?.Location?.Path.Split(LocationTree.Separator).TakeLast(InnermostLocations);
        string?[] parts = [innermost is null ? null : string.Join(LocationTree.Separator, innermost), point?.Place];
        return string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}
