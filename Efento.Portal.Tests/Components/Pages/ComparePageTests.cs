using System.Runtime.InteropServices;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class ComparePageTests : PortalPageContext
{
    private readonly string[] _serials = [.. Enumerable.Range(0, 5).Select(_ => Some.Serial())];
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _chart;

    public ComparePageTests()
    {
        _module = JSInterop.SetupModule("./assets/chart.js");
        _chart = _module.SetupModule("create", _ => true);
        _chart.SetupVoid("update", _ => true).SetVoidResult();
        _chart.SetupVoid("dispose").SetVoidResult();
        _module.Setup<string>("zone").SetResult("Europe/Warsaw");
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Lines_OfSeveralPoints_AreNamedAndShareAnAxisByUnit()
    {
        await MeasureFridgesAsync();

        Show("1.1,2,3.temperature");

        var options = Json((await DrawnAsync()).Arguments[1]).GetProperty("Series").EnumerateArray().ToList();
        Assert.Equal(
            [
                $"1 · {_serials[0]} · Temperature", $"2 · {_serials[1]} · Temperature", $"3 · {_serials[1]} · Humidity",
                $"4 · {_serials[2]} · Temperature",
            ],
            options.Select(s => s.GetProperty("Name").GetString()));
        Assert.Equal([0, 0, 1, 0], options.Select(s => s.GetProperty("Axis").GetInt32()));
    }

    [Fact]
    public async Task Lines_EachOne_HasItsOwnReadingsAndGaps()
    {
        await MeasureAsync(
            Some.Record(_serials[0], Now.AddHours(-6), 4), Some.Record(_serials[0], Now, 5),
            Some.Record(_serials[1], Now.AddMinutes(-3), 6), Some.Record(_serials[1], Now, 7));

        Show("1,2", "range=1h");
        var data = Json((await DrawnAsync()).Arguments[2]);

        Assert.Equal([5], Values(data, 0));
        Assert.Equal([6, 7], Values(data, 1));
        Assert.NotEqual(0, data.GetProperty("Series")[0].GetProperty("Gaps").GetArrayLength());
        Assert.Empty(data.GetProperty("Gaps").EnumerateArray());
    }

    [Fact]
    public async Task Legend_EachLine_HasItsNewestValue()
    {
        await MeasureFridgesAsync();

        var page = Show("1,2");

        Assert.Equal(["4.0 °C", "5.0 °C", "50.0 %"], page.FindAll(".legend .value").Select(OneLine));
    }

    [Fact]
    public async Task Line_Hidden_IsInTheAddressAndDrawsNothing()
    {
        await MeasureFridgesAsync();
        var page = Show("1,2");
        await DrawnAsync();

        await page.ChangeAsync(".legend input", false, 1);

        await Until.TrueAsync(() => Address.Contains("points=1,2&hide=2.1&range=24h", StringComparison.Ordinal));
        await Until.TrueAsync(() => _chart.Invocations["update"] is [.., var last] && !Values(Json(last.Arguments[0]), 1).Any());
        Assert.Equal([4], Values(Json(_chart.Invocations["update"][^1].Arguments[0]), 0));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".statistics tbody tr").Count));
    }

    [Fact]
    public async Task Line_Removed_LeavesTheOthers()
    {
        await MeasureFridgesAsync();
        var page = Show("1,2");

        await page.ClickAsync(".legend button", 1);

        page.WaitForAssertion(() => Assert.EndsWith("compare?points=1.1,2.2&range=24h", Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NewMeasurement_OfAnyPoint_IsDrawn()
    {
        await MeasureFridgesAsync();
        Show("1,2");
        await DrawnAsync();

        Time.Advance(TimeSpan.FromSeconds(1));
        await MeasureAsync(Some.Record(_serials[1], Now, 9));

        await Until.TrueAsync(
            () => _chart.Invocations["update"] is [.., var last] && Values(Json(last.Arguments[0]), 1).SequenceEqual([5, 9]));
    }

    [Fact]
    public async Task Address_NamesWhatIsNotThere_SaysSoAndShowsTheRest()
    {
        await MeasureFridgesAsync();

        var page = Show("1,99,2.7,nonsense");

        Assert.Contains("These entries of the address are not shown", page.Find(".told").TextContent, StringComparison.Ordinal);
        Assert.Equal("99, 2.7, nonsense", page.Find(".told code").TextContent);
        Assert.Single(page.FindAll(".legend li"));
    }

    [Fact]
    public async Task Address_NamesTooMany_ShowsTheFirstEight()
    {
        await MeasureAsync(Some.Record(_serials[0], Now, null, Enumerable.Range(1, 9).Select(channel => Some.Param(channel, channel))));

        var page = Show("1");

        Assert.Equal(8, page.FindAll(".legend li").Count);
        Assert.Contains("at most. Left out: ", page.Find(".told").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_OfSerials_BecomesThatOfPoints()
    {
        await MeasureFridgesAsync();

        Show($"{_serials[1]},{_serials[0]}");

        Assert.EndsWith("compare?points=2,1&range=24h", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiles_WithMoreChannelsThanAChartShows_NameThoseLeftOut()
    {
        await MeasureAsync(_serials.Select(
            serial => Some.Record(serial, Now, null, Enumerable.Range(1, 4).Select(channel => Some.Param(channel, channel)))));

        var page = Show($"{_serials[0]},282C000000FF,{string.Join(',', _serials[1..])}");

        Assert.EndsWith("compare?points=1,282C000000FF,2,3,4,5&range=24h", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(8, page.FindAll(".legend li").Count));
        Assert.Contains("282C000000FF", page.FindAll(".told")[0].TextContent, StringComparison.Ordinal);
        var leftOut = page.FindAll(".told")[1].TextContent;
        Assert.All(_serials[2..4], serial => Assert.Contains($"{serial} · Temperature 4", leftOut, StringComparison.Ordinal));
        Assert.EndsWith("and 4 more", leftOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_Chosen_OffersTheChannels()
    {
        await MeasureFridgesAsync();
        var page = Show("");
        Assert.Equal("Nothing to compare yet", page.Find(".empty h2").TextContent);

        await page.ClickAsync(".picker .channels button", 1);

        page.WaitForAssertion(() => Assert.EndsWith("compare?points=2.1&range=24h", Address, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".legend li")));
        Assert.Equal("true", page.FindAll(".picker .channels button")[1].GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task Table_Readings_HaveARowForTheMomentAndAColumnForEachChannel()
    {
        await MeasureAsync(
            Some.Record(_serials[0], Now, 4), Some.Record(_serials[1], Now, 5), Some.Record(_serials[1], Now.AddMinutes(-1), 6));

        var page = Show("1,2");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".readings tbody tr").Count));
        Assert.Equal(["4.0 °C", "5.0 °C", "", "6.0 °C"], page.FindAll(".readings td.value").Select(OneLine));
    }

    private static string OneLine(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static JsonElement Json(object? data) => JsonSerializer.SerializeToElement(data);

    private static IEnumerable<double> Values(JsonElement data, int series)
    {
        var bytes = data.GetProperty("Series")[series].GetProperty("Points").GetBytesFromBase64();
        return MemoryMarshal.Cast<byte, double>(bytes).ToArray().Chunk(2).Select(point => point[1]).Where(value => !double.IsNaN(value));
    }

    private Task MeasureFridgesAsync() => MeasureAsync(
        Some.Record(_serials[0], Now, 4), Some.Record(_serials[1], Now, null, Some.Param(5), Some.Param(50, 2, "humidity")),
        Some.Record(_serials[2], Now, 6));

    private async Task<JSRuntimeInvocation> DrawnAsync()
    {
        await Until.TrueAsync(() => _module.Invocations["create"].Count > 0);
        return _module.Invocations["create"][^1];
    }

    private IRenderedComponent<ComparePage> Show(string points, string range = "range=24h")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"compare?points={points}&{range}");
        return Render<ComparePage>();
    }
}
