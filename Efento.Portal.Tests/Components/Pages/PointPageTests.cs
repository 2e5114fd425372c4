using System.Runtime.InteropServices;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class PointPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _chart;

    public PointPageTests()
    {
        _module = JSInterop.SetupModule("./assets/chart.js");
        _chart = _module.SetupModule("create", _ => true);
        _chart.SetupVoid("update", _ => true).SetVoidResult();
        _chart.SetupVoid("dispose").SetVoidResult();
        _module.Setup<string>("zone").SetResult("Europe/Warsaw");
    }

    [Fact]
    public async Task Chart_Readings_AreDrawn()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddMinutes(-3), 4.5), Some.Record(_serial, Now, 4.6));

        Show();

        Assert.Equal([4.5, 4.6], Values(await DrawnAsync()));
    }

    [Fact]
    public async Task Chart_NewMeasurement_GainsThePoint()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddMinutes(-3), 4.5));
        Show();
        await DrawnAsync();

        Time.Advance(TimeSpan.FromSeconds(1));
        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(-1), 4.6));

        await Until.TrueAsync(() => _chart.Invocations["update"] is [.., var last] && Values(last.Arguments[0]).SequenceEqual([4.5, 4.6]));
    }

    [Fact]
    public async Task Charts_ChannelsOfOneUnit_ShareAChart()
    {
        await MeasureAsync(Some.Record(_serial, Now, null, Some.Param(1), Some.Param(2, 2), Some.Param(50, 3, "humidity")));

        var page = Show();

        await Until.TrueAsync(() => Drawn().Count == 2);
        Assert.Equal(["Temperature", "Humidity"], page.FindAll(".chart-sheet h2").Select(h => h.TextContent));
        Assert.Equal(
            ["Temperature 1", "Temperature 2"],
            page.FindAll(".chart-sheet")[0].QuerySelectorAll(".label").Select(l => l.TextContent.Trim()));
    }

    [Fact]
    public async Task Range_InTheAddress_IsTheChartsWindow()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        GoTo("range=7d");

        var page = Show();

        Assert.Equal(TimeSpan.FromDays(7).TotalMilliseconds, Window(await DrawnAsync()));
        Assert.Equal("7 d", page.Find("[aria-current=true]").TextContent);
    }

    [Fact]
    public async Task Range_WithoutReadings_SaysSo()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddHours(-3)));
        GoTo("range=1h");

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal("No readings in this period", page.Find(".no-readings").TextContent));
    }

    [Fact]
    public async Task Range_All_BeginsWithTheFirstReading()
    {
        var first = Now.AddDays(-3);
        await MeasureAsync(Some.Record(_serial, first), Some.Record(_serial, Now));
        GoTo("range=all");

        Show();

        Assert.Equal(first.ToUnixTimeMilliseconds(), Json(await DrawnAsync()).GetProperty("FromMs").GetInt64());
    }

    [Fact]
    public async Task Zoom_InTheChart_AsksForThatTimeAlone()
    {
        await MeasureAsync(Enumerable.Range(0, 20).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i)));
        var page = Show();
        await DrawnAsync();

        await LookAsync(page, Now.AddMinutes(-12), Now.AddMinutes(-5));

        Assert.Contains("?from=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        await Until.TrueAsync(() => _chart.Invocations["update"] is [.., var last] && Values(last.Arguments[0]).SequenceEqual([4, 3, 2]));
        Assert.False(Json(_chart.Invocations["update"][^1].Arguments[0]).GetProperty("IsLive").GetBoolean());
    }

    [Fact]
    public async Task Zoom_InTheChart_AsksOnceWhichLoggersMeasured()
    {
        await MeasureAsync(Enumerable.Range(0, 20).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i)));
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll(".readings tbody tr").Count));
        var before = Queries.Count;

        await LookAsync(page, Now.AddMinutes(-12), Now.AddMinutes(-5));

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".readings tbody tr").Count));
        Assert.Single(
            Queries.After(before), asked =>
                asked.Contains("FROM \"logger_assignment\"", StringComparison.Ordinal)
                    && asked.Contains("\"point_id\" = @", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zoom_ThenNewMeasurement_DoesNotMove()
    {
        await MeasureAsync(Enumerable.Range(0, 20).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i)));
        var page = Show();
        await DrawnAsync();
        var (from, to) = (Now.AddMinutes(-12), Now.AddMinutes(-5));
        await LookAsync(page, from, to);
        await Until.TrueAsync(() => _chart.Invocations["update"].Count > 0);
        var before = _chart.Invocations["update"].Count;

        Time.Advance(TimeSpan.FromMinutes(3));
        await MeasureAsync(Some.Record(_serial, Now, 9));

        await Until.TrueAsync(() => _chart.Invocations["update"].Count > before);
        var data = Json(_chart.Invocations["update"][^1].Arguments[0]);
        Assert.Equal(
            (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()),
            (data.GetProperty("FromMs").GetInt64(), data.GetProperty("ToMs").GetInt64()));
    }

    [Fact]
    public async Task Zoom_IntoTheFuture_EndsNow()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await DrawnAsync();

        await LookAsync(page, Now.AddMinutes(-30), Now.AddMinutes(30));

        await Until.TrueAsync(() => _chart.Invocations["update"].Count > 0);
        Assert.True(
            Json(_chart.Invocations["update"][^1].Arguments[0])
                .GetProperty("ToMs")
                .GetInt64() <= Time
                .GetUtcNow()
                .ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Back_AfterAZoom_ShowsWhatWasBefore()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await DrawnAsync();
        await LookAsync(page, Now.AddMinutes(-30), Now.AddMinutes(-20));
        page.WaitForElement(".back");
        await page.ClickAsync(".back");

        page.WaitForAssertion(() => Assert.Equal("24 h", page.Find("[aria-current=true]").TextContent));
        Assert.Empty(page.FindAll(".back"));
    }

    [Fact]
    public async Task Gap_OfTheChart_HasItsCause()
    {
        await MeasureAsync(
            Some.Record(_serial, Now.AddHours(-6)), Some.Record(_serial, Now.AddHours(-6).AddMinutes(3)), Some.Record(_serial, Now));

        Show();

        var gap = Assert.Single(Json(await DrawnAsync()).GetProperty("Gaps").EnumerateArray());
        Assert.NotEqual("", gap.GetProperty("Cause").GetString());
    }

    [Proves(ScreenRule.StatisticsCarryTheirCoverage)]
    [Fact]
    public async Task Summary_OfTheTime_IsASentenceWithItsCoverage()
    {
        await MeasureAsync(Enumerable.Range(0, 480).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), 4 + (i % 2))));

        var page = Show();

        page.WaitForAssertion(
            () => Assert.StartsWith(
                "Temperature was between 4.0 and 5.0 °C, mean 4.5 °C over", page.Find(".summary p").TextContent,
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extreme_Clicked_ShowsItsTime()
    {
        await MeasureAsync(Enumerable.Range(0, 20).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i == 10 ? 9 : 4)));
        var page = Show();

        page.WaitForElement(".statistics td[data-label=Max] button");

        await page.ClickAsync(".statistics td[data-label=Max] button");

        await Until.TrueAsync(() => _chart.Invocations["update"].Count > 0);
        var data = Json(_chart.Invocations["update"][^1].Arguments[0]);
        Assert.InRange(
            Now.AddMinutes(-30).ToUnixTimeMilliseconds(), data.GetProperty("FromMs").GetInt64(), data.GetProperty("ToMs").GetInt64());
    }

    [Proves(ScreenRule.LateDataTakesItsOwnPlace)]
    [Fact]
    public async Task Table_Readings_HaveBothTimesAndWords()
    {
        await MeasureAsync(
            Some.Record(_serial, Now.AddHours(-3), 8_388_557), Some.Record(_serial, Now, null, Some.Param(null, "NO_VALUE")));

        var page = Show();

        page.WaitForAssertion(
            () => Assert.Equal(
                ["sensor error", "sensor error, code 8388557"], page.FindAll(".readings .value .status").Select(r => r.TextContent)));
        Assert.Equal("3 h later", page.FindAll(".readings tbody tr")[1].QuerySelector(".received .remark")!.TextContent);
        Assert.Equal(2, page.FindAll(".readings tbody tr")[0].QuerySelectorAll("portal-time").Length);
    }

    [Fact]
    public async Task Table_SeveralChannels_HaveAColumnEachAndARowForTheMoment()
    {
        await MeasureAsync(
            Some.Record(_serial, Now.AddMinutes(-3), null, Some.Param(4.5)),
            Some.Record(_serial, Now, null, Some.Param(4.6), Some.Param(51, 2, "humidity"), Some.Param(8_388_557, 3)));

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".readings tbody tr").Count));
        Assert.Equal(
            ["Measured", "Temperature 1", "Humidity", "Temperature 3", "Received"],
            page.FindAll(".readings thead th").Select(h => h.TextContent));
        Assert.Equal(
            ["4.6 °C", "51.0 %", "– sensor error, code 8388557", "4.5 °C", "", ""],
            page.FindAll(".readings td.value").Select(OneLine));
    }

    [Fact]
    public async Task Table_ChannelsOfAMomentThatCameApart_SayWhenEachCame()
    {
        await MeasureAsync(Some.Record(_serial, Now, null, Some.Param(4.6)));
        var at = Now;
        Time.Advance(TimeSpan.FromHours(2));
        await MeasureAsync(Some.Record(_serial, at, null, Some.Param(51, 2, "humidity")));

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".readings td.received p").Count));
        Assert.Single(page.FindAll(".readings tbody tr"));
        Assert.Equal(["Temperature:", "Humidity:"], page.FindAll(".readings td.received p span.soft").Select(n => n.TextContent));
        Assert.Equal(["2 h later"], page.FindAll(".readings td.received .remark").Select(r => r.TextContent));
    }

    [Fact]
    public async Task Table_Download_HasTheZoneAndTheFormatChosen()
    {
        await MeasureAsync(Some.Record(_serial, Now, 4.5));
        var page = Show();
        page.WaitForAssertion(
            () => Assert.EndsWith(
                "&zone=Europe%2FWarsaw&format=comma", page.Find(".readings .download a").GetAttribute("href"), StringComparison.Ordinal));

        await page.ChangeAsync(".readings .download select", "semicolon");

        page.WaitForAssertion(
            () => Assert.EndsWith("&format=semicolon", page.Find(".readings .download a").GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Table_Pages_LeadBothWays()
    {
        await MeasureAsync(Enumerable.Range(0, 40).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i)));
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal("0.0", FirstValue(page)));

        await page.ClickAsync(".readings .pager button", 1);
        page.WaitForAssertion(() => Assert.Equal("30.0", FirstValue(page)));
        await page.ClickAsync(".readings .pager button", 0);

        page.WaitForAssertion(() => Assert.Equal("0.0", FirstValue(page)));
    }

    [Fact]
    public async Task Table_OfAnOlderPage_StaysWhenSomethingIsMeasured()
    {
        await MeasureAsync(Enumerable.Range(0, 40).Select(i => Some.Record(_serial, Now.AddMinutes(-3 * i), i)));
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal("0.0", FirstValue(page)));
        await page.ClickAsync(".readings .pager button", 1);
        page.WaitForAssertion(() => Assert.Equal("30.0", FirstValue(page)));
        var before = _chart.Invocations["update"].Count;

        Time.Advance(TimeSpan.FromMinutes(3));
        await MeasureAsync(Some.Record(_serial, Now, 9));

        await Until.TrueAsync(() => _chart.Invocations["update"].Count > before);
        Assert.Equal("30.0", FirstValue(page));
    }

    [Fact]
    public async Task Device_Facts_AreShown()
    {
        await BeatAsync("282C00000001");
        await MeasureAsync(Some.Record(_serial, Now));

        var facts = Show().FindAll(".fact").ToDictionary(
            f => f.QuerySelector("dt")!.TextContent, f => f.QuerySelector("dd")!.TextContent.Trim());

        Assert.Equal(
            (_serial, "−70 dBm · strong", "OK", "3 min", "282C00000001", "Yes"),
            (facts["Serial"], facts["Signal"], facts["Battery"], facts["Interval"], facts["Heard through"], facts["Synchronised"]));
    }

    [Fact]
    public async Task Page_NothingArrives_AsksNothingForHours()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        page.WaitForElement(".readings tbody tr");
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Page_OtherLoggerMeasures_AsksNothing()
    {
        // The portal itself asks about a logger that is new.
        var other = Some.Serial();
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(other, Now));
        var page = Show();
        page.WaitForElement(".readings tbody tr");
        var before = Queries.Count;

        await MeasureAsync(Some.Record(other, Now.AddSeconds(1)));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Page_BrowserReturns_DrawsWhatItMissed()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddMinutes(-3), 4.5));
        var page = Show();
        await DrawnAsync();
        await Browser.OnConnectionDownAsync(null!, default);
        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(-1), 4.6));

        await page.InvokeAsync(() => Browser.OnConnectionUpAsync(null!, default));

        await Until.TrueAsync(() => _chart.Invocations["update"] is [.., var last] && Values(last.Arguments[0]).SequenceEqual([4.5, 4.6]));
    }

    [Fact]
    public void Point_Unknown_IsSaid() =>
        Assert.Equal("There is no such measuring point", Render<PointPage>(p => p.Add(l => l.Id, 999)).Find("h2").TextContent);

    private static JsonElement Json(object? data) => JsonSerializer.SerializeToElement(data);

    private static string OneLine(IElement cell) =>
        string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string FirstValue(IRenderedComponent<PointPage> page) => page.Find(".readings tbody .figure b").TextContent;

    private static IEnumerable<double> Values(object? data)
    {
        var bytes = JsonSerializer.SerializeToElement(data).GetProperty("Series")[0].GetProperty("Points").GetBytesFromBase64();
        return MemoryMarshal.Cast<byte, double>(bytes).ToArray().Chunk(2).Select(point => point[1]).Where(value => !double.IsNaN(value));
    }

    private static double Window(object? data)
    {
        var json = JsonSerializer.SerializeToElement(data);
        return json.GetProperty("ToMs").GetInt64() - json.GetProperty("FromMs").GetInt64();
    }

    private async Task<object?> DrawnAsync()
    {
        await Until.TrueAsync(() => Drawn().Count > 0);
        return Assert.Single(Drawn());
    }

    private List<object?> Drawn() => [.. _module.Invocations["create"].Select(i => i.Arguments[2])];

    private static Task LookAsync(IRenderedComponent<PointPage> page, DateTimeOffset from, DateTimeOffset to) =>
        page.InvokeAsync(
            () => page.FindComponent<TimeSeriesChart>().Instance.LookAsync(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()));

    private void GoTo(string query) => Services.GetRequiredService<NavigationManager>().NavigateTo($"points/1?{query}");

    private IRenderedComponent<PointPage> Show() => Render<PointPage>(p => p.Add(l => l.Id, 1));
}
