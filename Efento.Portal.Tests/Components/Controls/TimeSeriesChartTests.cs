using System.Runtime.InteropServices;
using System.Text.Json;
using Bunit;
using Efento.Portal.Components.Controls;
using Microsoft.JSInterop;

namespace Efento.Portal.Tests.Components.Controls;

public sealed class TimeSeriesChartTests : PageContext
{
    private static readonly ChartSeries Temperature = new("Temperature", "°C", [1_000, 4.5, 2_000, double.NaN, 3_000, 4.7]);

    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _chart;

    public TimeSeriesChartTests()
    {
        _module = JSInterop.SetupModule("./assets/chart.js");
        _chart = _module.SetupModule("create", _ => true);
        _chart.SetupVoid("update", _ => true).SetVoidResult();
        _chart.SetupVoid("dispose").SetVoidResult();
    }

    [Fact]
    public async Task Points_First_ArriveAsBytesOfDoubles()
    {
        await ShowAsync(Chart(), Temperature);

        Assert.Equal(Temperature.Points, SentPoints(_module.Invocations["create"][0].Arguments[2]));
    }

    [Fact]
    public void Box_BeforeTheChart_HasItsHeightAndSaysItLoads()
    {
        var chart = Render<TimeSeriesChart>(p => p.Add(c => c.Height, 280));

        Assert.Equal("height: 280px", chart.Find(".chart").GetAttribute("style"));
        Assert.NotEmpty(chart.FindAll("[role=status]"));
    }

    [Fact]
    public async Task Box_Drawn_NoLongerSaysItLoads()
    {
        var chart = Chart();

        await ShowAsync(chart, Temperature);

        Assert.Empty(chart.FindAll("[role=status]"));
    }

    [Fact]
    public async Task Chart_TakenFromThePageWhileItIsDrawn_FailsNothing()
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);
        var update = _chart.SetupVoid("update", _ => true);
        var shown = ShowAsync(chart, Temperature with { Points = [4_000, 5] });
        await DisposeComponentsAsync();

        update.SetException(new JSException("The element is not there any more."));

        await shown;
    }

    [Fact]
    public async Task Points_New_UpdateInPlace()
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);

        await ShowAsync(chart, Temperature with { Points = [4_000, 5] });

        Assert.Equal([4_000, 5], SentPoints(Assert.Single(_chart.Invocations["update"]).Arguments[0]));
        Assert.Single(_module.Invocations["create"]);
    }

    [Fact]
    public async Task Series_OfAnotherKind_AreDrawnAnew()
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);

        await ShowAsync(chart, new ChartSeries("Door", "", []) { Kind = ChartSeriesKind.Binary });

        Assert.Equal(2, _module.Invocations["create"].Count);
        Assert.Single(_chart.Invocations["dispose"]);
    }

    [Fact]
    public async Task Dispose_DrawnChart_IsLetGo()
    {
        await ShowAsync(Chart(), Temperature);

        await DisposeComponentsAsync();

        Assert.Single(_chart.Invocations["dispose"]);
    }

    [Theory, MemberData(nameof(BrowserAway.Faults), MemberType = typeof(BrowserAway))]
    public async Task Dispose_BrowserAway_IsNoError(Exception away)
    {
        await ShowAsync(Chart(), Temperature);
        _chart.SetupVoid("dispose").SetException(away);

        Assert.Null(await Record.ExceptionAsync(DisposeComponentsAsync));
    }

    [Theory, MemberData(nameof(BrowserAway.Faults), MemberType = typeof(BrowserAway))]
    public async Task Save_BrowserAway_IsNoError(Exception away)
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);
        _chart.SetupVoid("save", _ => true).SetException(away);

        Assert.Null(await Record.ExceptionAsync(() => chart.InvokeAsync(() => chart.Instance.SaveAsync("png", ChartCaption.None))));
        Assert.Single(_chart.Invocations["save"]);
    }

    [Fact]
    public async Task Update_BrowserAway_IsTold()
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);
        _chart.SetupVoid("update", _ => true).SetException(new JSDisconnectedException("away"));

        await Assert.ThrowsAsync<JSDisconnectedException>(() => ShowAsync(chart, Temperature with { Points = [4_000, 5] }));
    }

    [Fact]
    public async Task Update_AfterOneThatFailed_IsDrawn()
    {
        var chart = Chart();
        await ShowAsync(chart, Temperature);
        _chart.SetupVoid("update", _ => true).SetException(new JSDisconnectedException("away"));
        await Record.ExceptionAsync(() => ShowAsync(chart, Temperature with { Points = [4_000, 5] }));
        _chart.SetupVoid("update", _ => true).SetVoidResult();

        await ShowAsync(chart, Temperature with { Points = [5_000, 6] });

        Assert.Equal([5_000, 6], SentPoints(_chart.Invocations["update"][^1].Arguments[0]));
    }

    private static double[] SentPoints(object? data)
    {
        var json = JsonSerializer.SerializeToElement(data);
        return MemoryMarshal.Cast<byte, double>(json.GetProperty("Series")[0].GetProperty("Points").GetBytesFromBase64()).ToArray();
    }

    private static Task ShowAsync(IRenderedComponent<TimeSeriesChart> chart, params ChartSeries[] series) =>
        chart.InvokeAsync(() => chart.Instance.ShowAsync(new ChartDrawing(series, Noon.AddDays(-1), Noon, []), CancellationToken.None));

    private IRenderedComponent<TimeSeriesChart> Chart() => Render<TimeSeriesChart>(p => p.Add(c => c.Label, "Temperature"));
}
