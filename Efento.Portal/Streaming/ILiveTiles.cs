using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Streaming;

/// <summary>Creates what boards show; the tiles are made in the same way as those of the overview.</summary>
internal interface ILiveTiles
{
    /// <summary>Creates the tile of a logger, in the current language.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="maintenance">The current maintenance; null if there is none.</param>
    /// <param name="units">The units.</param>
    LiveTile Of(LoggerOverview logger, MaintenanceWindow? maintenance, Units units);

    /// <summary>What concerns every point, or none, at this moment.</summary>
    /// <param name="scope">What the board may show.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
    LiveNotice NoticeOf(SiteScope scope, MaintenanceWindow? maintenance);
}
