using System.Collections.Concurrent;
using System.Globalization;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>The data of the overview at one moment.</summary>
/// <param name="Loggers">The visible loggers by name.</param>
/// <param name="Tiles">Their tiles by the keys of the loggers.</param>
/// <param name="Held">The number of loggers that wait for approval.</param>
/// <param name="Hidden">The number of other loggers that are not shown.</param>
internal sealed record OverviewPicture(IReadOnlyList<LoggerOverview> Loggers, IReadOnlyDictionary<int, Tile> Tiles, int Held, int Hidden)
{
    /// <summary>The sources of the tiles, by the keys of the loggers.</summary>
    internal IReadOnlyDictionary<int, TileSource> Sources { get; init; } = new Dictionary<int, TileSource>();
}

/// <summary>
/// Everything that a tile is made of, apart from language and units. The same objects, which never change, give the same tile.
/// </summary>
/// <param name="Logger">The logger.</param>
/// <param name="Window">The current maintenance.</param>
/// <param name="Day">Its last 24 hours.</param>
internal sealed record TileSource(LoggerOverview Logger, MaintenanceWindow? Window, LastDay? Day)
{
    /// <summary>Whether both consist of the same objects.</summary>
    public bool IsSame(TileSource? other) =>
        other is not null
        && ReferenceEquals(Logger, other.Logger)
        && ReferenceEquals(Window, other.Window)
        && ReferenceEquals(Day, other.Day);
}

/// <summary>
/// Creates the data of the overview, once after each change for all users with the same rights, however many pages are open.
/// </summary>
internal sealed class OverviewPictures(LoggerQuery loggers, LastDayQuery days, TileMarkup markup, MaintenanceMode maintenance)
{
    /// <summary>If there are more pictures than this, outdated ones are dropped.</summary>
    private const int Most = 32;

    private readonly ConcurrentDictionary<(string? Limit, string Culture, Units Units), Made> _made = new();

    /// <summary>The current picture in the current language.</summary>
    public async Task<OverviewPicture> OfAsync(SiteScope scope, Units units)
    {
        var (now, window) = (await loggers.NowAsync(), maintenance.Current);
        var made = _made.AddOrUpdate(
            (scope.Limit, CultureInfo.CurrentUICulture.Name, units),
            _ => Make(Task.FromResult(Nothing)),
            (_, before) => before.IsOf(now, window) ? before : Make(before.Picture.Value));
        if (_made.Count > Most)
        {
            Forget(now);
        }

        return await made.Picture.Value;

        Made Make(Task<OverviewPicture> before) =>
            new(now, window, new Lazy<Task<OverviewPicture>>(() => MakeAsync(scope, LoggerQuery.List(now, scope), window, units, before)));
    }

    private static OverviewPicture Nothing { get; } = new([], new Dictionary<int, Tile>(), 0, 0);

    private async Task<OverviewPicture> MakeAsync(
        SiteScope scope, IReadOnlyList<LoggerOverview> all, MaintenanceWindow? window, Units units, Task<OverviewPicture> before)
    {
        IReadOnlyList<LoggerOverview> shown = [.. all.Where(l => l.IsShown)];
        var lastDays = days.Read(scope, shown.Where(l => l.Series.Count > 0).Select(l => l.Series[0].Id));
        var old = before.IsCompletedSuccessfully ? await before : Nothing;
        var sources = shown.ToDictionary(l => l.Id, l => new TileSource(l, window, DayOf(l, lastDays)));
        var tiles = await markup.DrawAsync(shown.Select(l => (l.Id, ModelOf(sources[l.Id], units, old))), old.Tiles);
        var held = all.Count(l => l is { Approval: LoggerApproval.Held, RetiredUtc: null });
        return new OverviewPicture(shown, tiles, held, all.Count - shown.Count - held) { Sources = sources };
    }

    // Most loggers have no news between two pictures.
    private static PointTileModel ModelOf(TileSource its, Units units, OverviewPicture before) =>
        its.IsSame(before.Sources.GetValueOrDefault(its.Logger.Id)) && before.Tiles.TryGetValue(its.Logger.Id, out var tile)
            ? tile.Model
            : OverviewTiles.Of(its.Logger, its.Window, units, its.Day);

    private static LastDay? DayOf(LoggerOverview logger, IReadOnlyDictionary<int, LastDay> lastDays) =>
        logger.Series.Count > 0 ? lastDays.GetValueOrDefault(logger.Series[0].Id) : null;

    private void Forget(LoggerSnapshot now)
    {
        foreach (var old in _made.Where(m => m.Value.Now != now))
        {
            _made.TryRemove(old);
        }
    }

    private sealed record Made(LoggerSnapshot Now, MaintenanceWindow? Window, Lazy<Task<OverviewPicture>> Picture)
    {
        public bool IsOf(LoggerSnapshot now, MaintenanceWindow? window) =>
            ReferenceEquals(Now, now) && ReferenceEquals(Window, window) && !Picture.Value.IsFaulted;
    }
}
