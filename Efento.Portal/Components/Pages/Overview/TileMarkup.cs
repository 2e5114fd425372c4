using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>A tile as markup. Equal content is the same string, which Blazor need not compare in detail.</summary>
/// <param name="LoggerId">The key of its logger.</param>
/// <param name="Model">The content.</param>
/// <param name="Name">The heading with the link. It is separate so that it keeps the focus while values change.</param>
/// <param name="Body">The rest of the tile (<see cref="PointTile"/>).</param>
public sealed record Tile(int LoggerId, PointTileModel Model, MarkupString Name, MarkupString Body);

/// <summary>
/// Renders the tiles of the overview to HTML, for all pages with the same language and units. A page with hundreds of tiles then holds two
/// strings for each tile, shared with other pages, instead of some sixty render frames of its own.
/// </summary>
internal sealed class TileMarkup(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    /// <summary>Renders tiles in the current language, by the keys of their loggers.</summary>
    /// <param name="models">The contents.</param>
    /// <param name="before">The previous tiles in the same language; a tile with unchanged content is reused.</param>
    public async Task<IReadOnlyDictionary<int, Tile>> DrawAsync(
        IEnumerable<(int LoggerId, PointTileModel Model)> models, IReadOnlyDictionary<int, Tile> before)
    {
        Dictionary<int, Tile> tiles = new(before.Count);
        List<(int LoggerId, PointTileModel Model)> missing = [];
        foreach (var (id, model) in models)
        {
            if (before.TryGetValue(id, out var drawn) && drawn.Model == model)
            {
                tiles[id] = drawn;
            }
            else
            {
                missing.Add((id, model));
            }
        }

        if (missing.Count > 0)
        {
            await DrawAsync(missing, tiles);
        }

        return tiles;
    }

    private async Task DrawAsync(List<(int LoggerId, PointTileModel Model)> missing, Dictionary<int, Tile> tiles)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            foreach (var (id, model) in missing)
            {
                var body = await renderer.RenderComponentAsync<PointTile>(
                    ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(PointTile.Tile)] = model }));
                tiles[id] = new Tile(id, model, new MarkupString(Name(model)), new MarkupString(body.ToHtmlString()));
            }
        });
    }

    private static string Name(PointTileModel model)
    {
        var name = WebUtility.HtmlEncode(model.Name);
        var kind = model.Name == model.Serial ? "name serial" : "name";
        return $"<h3 class=\"{kind}\"><a href=\"{WebUtility.HtmlEncode(model.Address)}\" title=\"{name}\">{name}</a></h3>";
    }
}
