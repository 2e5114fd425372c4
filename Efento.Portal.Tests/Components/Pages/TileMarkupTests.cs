using System.Globalization;
using System.Net;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Efento.Portal.Tests.Components.Pages.OverviewLoggers;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class TileMarkupTests : PageContext
{
    private readonly LoggerOverview _fridge = Logger("Fridge");
    private readonly TileMarkup _markup;
    private IReadOnlyDictionary<int, Tile> _drawn = new Dictionary<int, Tile>();

    public TileMarkupTests() => _markup = new TileMarkup(Services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);

    [Fact]
    public async Task Tile_NothingChanged_IsTheSame() =>
        Assert.Same(await TileAsync(_fridge), await TileAsync(_fridge with { }));

    [Fact]
    public async Task Tile_AnyFactOfItDiffers_IsDrawnAnew()
    {
        var model = Whole();
        var tile = await TileAsync(model);
        Assert.Same(tile, await TileAsync(Whole() with { Day = model.Day }));

        foreach (var (fact, other) in OneFact.Variants(model))
        {
            Assert.True(!ReferenceEquals(tile, await TileAsync(other)), fact);
            Assert.Equal(tile.Body, (tile = await TileAsync(model)).Body);
        }
    }

    [Fact]
    public async Task Tile_ValueChanged_KeepsTheNameWithItsLink()
    {
        var before = await TileAsync(_fridge);
        var after = await TileAsync(_fridge with { Series = Logger("Fridge", value: 7.25).Series });

        Assert.Equal(before.Name, after.Name);
        Assert.Contains(">4.5</b>", before.Body.Value, StringComparison.Ordinal);
        Assert.Contains(">7.25</b>", after.Body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tile_OtherUnits_IsAnother()
    {
        await TileAsync(_fridge);

        var fahrenheit = await TileAsync(_fridge, new Units(TemperatureUnit.Fahrenheit, default));

        Assert.Contains("°F", WebUtility.HtmlDecode(fahrenheit.Body.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tile_OtherLanguage_IsInIt()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new("pl-PL"), new("pl-PL"));

        Assert.Contains("Temperatura", (await TileAsync(_fridge)).Body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_WithMarkup_IsTextAlone()
    {
        var tile = await TileAsync(Logger("<b onclick=\"x\">&"));

        Assert.Equal(
            "<h3 class=\"name\"><a href=\"loggers/282C024FFFB2\" title=\"&lt;b onclick=&quot;x&quot;&gt;&amp;\">&lt;b onclick=&quot;x&quot;&gt;&amp;</a></h3>", tile.Name.Value);
    }

    /// <summary>A tile that says everything a tile can say.</summary>
    private static PointTileModel Whole() => new(
        "282C024FFFB2", "Fridge",
        [new("Temperature", "4.9", "°C", "sensor error") { LeftBehindUtc = Noon }], Noon, new Freshness(Noon, Noon, Noon, "error"))
    {
        Day = new LastDay(MeasurementTypes.Get("temperature"), 0, 1, [], []),
        DayInWords = "Last 24 hours: no value",
    };

    private Task<Tile> TileAsync(LoggerOverview logger, Units units = default) => TileAsync(OverviewTiles.Of(logger, null, units, null));

    private async Task<Tile> TileAsync(PointTileModel model) => (_drawn = await _markup.DrawAsync([(1, model)], _drawn))[1];
}
