using System.Runtime.InteropServices;
using System.Text.Json;
using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Loggers;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class LoggerPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _chart;

    public LoggerPageTests()
    {
        _module = JSInterop.SetupModule("./assets/chart.js");
        _chart = _module.SetupModule("create", _ => true);
        _chart.SetupVoid("update", _ => true).SetVoidResult();
        _chart.SetupVoid("dispose").SetVoidResult();
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
        var page = Show();
        await DrawnAsync();

        Time.Advance(TimeSpan.FromSeconds(1));
        await MeasureAsync(Some.Record(_serial, Now.AddSeconds(-1), 4.6));

        await Until.TrueAsync(() => _chart.Invocations["update"] is [.., var last] && Values(last.Arguments[0]).SequenceEqual([4.5, 4.6]));
    }

    [Fact]
    public async Task Charts_ChannelsOfOneType_ShareAChart()
    {
        await MeasureAsync(Some.Record(_serial, Now, null, Some.Param(1), Some.Param(2, 2), Some.Param(50, 3, "humidity")));

        var page = Show();

        await Until.TrueAsync(() => Drawn().Count == 2);
        Assert.Equal(["Temperature", "Humidity"], page.FindAll(".chart-sheet h2").Select(h => h.TextContent));
        Assert.Equal(["Temperature 1", "Temperature 2"], page.FindAll(".chart-sheet")[0].QuerySelectorAll(".label").Select(l => l.TextContent.Trim()));
    }

    [Fact]
    public async Task Range_InTheAddress_IsTheChartsWindow()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"loggers/{_serial}?range=7d");

        var page = Show();

        Assert.Equal(TimeSpan.FromDays(7).TotalMilliseconds, Window(await DrawnAsync()));
        Assert.Equal("7 d", page.Find("[aria-current=true]").TextContent);
    }

    [Fact]
    public async Task Range_WithoutReadings_SaysSo()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddHours(-3)));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"loggers/{_serial}?range=1h");

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal("No readings in this time", page.Find(".no-readings").TextContent));
    }

    [Fact]
    public async Task Table_Readings_HaveBothTimesAndWords()
    {
        await MeasureAsync(Some.Record(_serial, Now.AddHours(-3), 8_388_557), Some.Record(_serial, Now, null, Some.Param(null, "NO_VALUE")));

        var rows = Show().FindAll("tbody tr");

        Assert.Equal(["no value–", "sensor error, code 8388557–"], rows.Select(r => Words(r.QuerySelector(".value")!.TextContent)));
        Assert.Equal("3 h late", rows[1].QuerySelector("td:last-child .remark")!.TextContent);
        Assert.Equal(2, rows[0].QuerySelectorAll("portal-time").Length);
    }

    [Fact]
    public async Task Table_MeasuredDuringMaintenance_SaysItWasReceivedLater()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromHours(1), "new disk");
        var measured = Now.AddMinutes(30);
        Time.Advance(TimeSpan.FromMinutes(63));
        await MeasureAsync(Some.Record(_serial, measured), Some.Record(_serial, Now));

        var rows = Show().FindAll("tbody tr");

        Assert.Equal([null, "received later (maintenance)", null], rows.Select(r => r.QuerySelector("td:last-child .note")?.TextContent));
        Assert.All(rows, r => Assert.Null(r.QuerySelector("td:last-child .remark")));
    }

    [Fact]
    public async Task Chart_MeasuredDuringMaintenance_HasTheMarkAndNoGap()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(30), "new disk");
        var before = Now;
        Time.Advance(TimeSpan.FromMinutes(33));
        await MeasureAsync(Enumerable.Range(1, 11).Select(i => Some.Record(_serial, before.AddMinutes(3 * i))));

        Show();

        var data = JsonSerializer.SerializeToElement(await DrawnAsync(), JsonSerializerOptions.Web);
        Assert.Equal("received later", Assert.Single(data.GetProperty("marks").EnumerateArray()).GetProperty("remark").GetString());
        Assert.Empty(data.GetProperty("gaps").EnumerateArray());
    }

    [Fact]
    public async Task Device_Facts_AreShown()
    {
        await BeatAsync("282C00000001");
        await MeasureAsync(Some.Record(_serial, Now));

        var facts = Show().FindAll(".fact").ToDictionary(f => f.QuerySelector("dt")!.TextContent, f => f.QuerySelector("dd")!.TextContent.Trim());

        Assert.Equal(
            (_serial, "−70 dBm · strong", "OK", "3 min", "282C00000001", "Yes"),
            (facts["Serial"], facts["Signal"], facts["Battery"], facts["Interval"], facts["Heard through"], facts["Synchronised"]));
    }

    [Fact]
    public async Task Page_NothingArrives_AsksNothingForHours()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var page = Show();
        await DrawnAsync();
        var before = Queries.Count;

        Time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(Queries.After(before));
    }

    [Fact]
    public async Task Page_OtherLoggerMeasures_AsksNothing()
    {
        await MeasureAsync(Some.Record(_serial, Now), Some.Record(Some.Serial(), Now));
        var page = Show();
        await DrawnAsync();
        var before = Queries.Count;

        await MeasureAsync(Some.Record("282C00000002", Now));

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
    public void Logger_NeverHeard_IsSaid() => Assert.Equal($"No logger {_serial} was ever heard", Show().Find("h2").TextContent);

    [Fact]
    public async Task Logger_HeardWhileAwaited_Appears()
    {
        var page = Show();

        await MeasureAsync(Some.Record(_serial, Now));

        page.WaitForAssertion(() => Assert.Equal(_serial, page.Find("h1").TextContent));
    }

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace(" –", "–", StringComparison.Ordinal);

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

    private IRenderedComponent<LoggerPage> Show() => Render<LoggerPage>(p => p.Add(l => l.Serial, _serial));
}
