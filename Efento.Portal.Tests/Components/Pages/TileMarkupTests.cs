using System.Globalization;
using System.Net;
using Bunit;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Efento.Portal.Tests.Components.Pages.OverviewLoggers;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class TileMarkupTests : PageContext
{
    private static readonly Dictionary<int, LastDay> NoDays = [];

    private readonly LoggerOverview _fridge = Logger("Fridge");
    private readonly TileMarkup _markup;

    public TileMarkupTests() => _markup = new TileMarkup(Services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);

    [Fact]
    public async Task Tile_NothingChanged_IsTheSame() =>
        Assert.Same(await TileAsync(_fridge), await TileAsync(_fridge));

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
    public async Task Tile_OtherUnits_IsAnotherAndTheFirstStays()
    {
        var celsius = await TileAsync(_fridge);

        var fahrenheit = await TileAsync(_fridge, new Units(TemperatureUnit.Fahrenheit, default));

        Assert.Contains("°F", WebUtility.HtmlDecode(fahrenheit.Body.Value), StringComparison.Ordinal);
        Assert.Same(celsius, await TileAsync(_fridge));
    }

    [Fact]
    public async Task Tile_OtherLanguage_IsInIt()
    {
        await TileAsync(_fridge);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new("pl-PL"), new("pl-PL"));

        Assert.Contains("Temperatura", (await TileAsync(_fridge)).Body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_WithMarkup_IsTextAlone()
    {
        var tile = await TileAsync(Logger("<b onclick=\"x\">&"));

        Assert.Equal("<h3 class=\"name\"><a href=\"loggers/282C024FFFB2\" title=\"&lt;b onclick=&quot;x&quot;&gt;&amp;\">&lt;b onclick=&quot;x&quot;&gt;&amp;</a></h3>", tile.Name.Value);
    }

    private async Task<Tile> TileAsync(LoggerOverview logger, Units units = default) => (await _markup.OfAsync([logger], null, units, NoDays))[logger.Id];
}
