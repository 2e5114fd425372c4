using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>A tile as it goes into a page: what is the same is the same text, which a page need not look through.</summary>
/// <param name="LoggerId">The key of its logger.</param>
/// <param name="Name">The heading with the link, which keeps the focus while values change.</param>
/// <param name="Body">The rest of it (<see cref="PointTile"/>).</param>
public sealed record Tile(int LoggerId, MarkupString Name, MarkupString Body);

/// <summary>
/// The tiles of the overview as HTML, made once for all pages in the same language and units. A page with hundreds of tiles then holds two
/// texts a tile, which it shares with the other pages, instead of some sixty parts of its own.
/// </summary>
public sealed class TileMarkup(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private readonly ConcurrentDictionary<(int LoggerId, string Culture, Units Units), Made> _made = new();

    /// <summary>The tiles by the keys of their loggers, in the language of whoever asks.</summary>
    /// <param name="loggers">What to show.</param>
    /// <param name="maintenance">The maintenance that lasts; null if none does.</param>
    /// <param name="units">The units.</param>
    /// <param name="days">The last 24 hours by the keys of the series.</param>
    public async Task<IReadOnlyDictionary<int, Tile>> OfAsync(
        IReadOnlyList<LoggerOverview> loggers, MaintenanceWindow? maintenance, Units units, IReadOnlyDictionary<int, LastDay> days)
    {
        Dictionary<int, Tile> tiles = new(loggers.Count);
        List<(LoggerOverview Logger, LastDay? Day)> missing = [];
        foreach (var logger in loggers)
        {
            var day = logger.Series.Count > 0 ? days.GetValueOrDefault(logger.Series[0].Id) : null;
            if (_made.TryGetValue(Key(logger, units), out var made) && made.IsOf(logger, maintenance, day))
            {
                tiles[logger.Id] = made.Tile;
            }
            else
            {
                missing.Add((logger, day));
            }
        }

        if (missing.Count > 0)
        {
            await MakeAsync(missing, maintenance, units, tiles);
        }

        return tiles;
    }

    private async Task MakeAsync(List<(LoggerOverview Logger, LastDay? Day)> missing, MaintenanceWindow? maintenance, Units units, Dictionary<int, Tile> tiles)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            foreach (var (logger, day) in missing)
            {
                var model = OverviewTiles.Of(logger, maintenance, units, day);
                var body = await renderer.RenderComponentAsync<PointTile>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PointTile.Tile)] = model }));
                var tile = new Tile(logger.Id, new MarkupString(Name(model)), new MarkupString(body.ToHtmlString()));
                _made[Key(logger, units)] = new Made(logger, maintenance, day, tile);
                tiles[logger.Id] = tile;
            }
        });
    }

    private static string Name(PointTileModel model)
    {
        var name = WebUtility.HtmlEncode(model.Name);
        return $"<h3 class=\"name\"><a href=\"{WebUtility.HtmlEncode(model.Address)}\" title=\"{name}\">{name}</a></h3>";
    }

    private static (int LoggerId, string Culture, Units Units) Key(LoggerOverview logger, Units units) => (logger.Id, CultureInfo.CurrentUICulture.Name, units);

    private sealed record Made(LoggerOverview Logger, MaintenanceWindow? Maintenance, LastDay? Day, Tile Tile)
    {
        public bool IsOf(LoggerOverview logger, MaintenanceWindow? maintenance, LastDay? day) =>
            ReferenceEquals(Logger, logger) && ReferenceEquals(Maintenance, maintenance) && ReferenceEquals(Day, day);
    }
}
