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
    public void Points_FirstRender_ArriveAsBytesOfDoubles()
    {
        Show([Temperature]);

        Assert.Equal(Temperature.Points, SentPoints(_module.Invocations["create"][0].Arguments[2]));
    }

    [Fact]
    public void Box_BeforeTheChart_HasItsHeight()
    {
        var chart = Render<TimeSeriesChart>(p => p.Add(c => c.Height, 280));

        Assert.Equal("height: 280px", chart.Find(".chart").GetAttribute("style"));
    }

    [Fact]
    public void Parameters_Unchanged_SendNothing()
    {
        ChartSeries[] series = [Temperature];
        var chart = Show(series);

        chart.Render(p => p.Add(c => c.Series, series));

        Assert.Empty(_chart.Invocations["update"]);
    }

    [Fact]
    public void Points_New_UpdateInPlace()
    {
        var chart = Show([Temperature]);

        chart.Render(p => p.Add(c => c.Series, [Temperature with { Points = [4_000, 5] }]));

        Assert.Equal([4_000, 5], SentPoints(Assert.Single(_chart.Invocations["update"]).Arguments[0]));
    }

    [Fact]
    public void Window_Moved_UpdatesInPlace()
    {
        ChartSeries[] series = [Temperature];
        var chart = Show(series);

        chart.Render(p => p.Add(c => c.Series, series).Add(c => c.ToUtc, Noon.AddHours(1)));

        Assert.Single(_chart.Invocations["update"]);
    }

    [Fact]
    public void Series_OfAnotherKind_AreDrawnAnew()
    {
        var chart = Show([Temperature]);

        chart.Render(p => p.Add(c => c.Series, [new ChartSeries("Door", "", []) { Kind = ChartSeriesKind.Binary }]));

        Assert.Equal(2, _module.Invocations["create"].Count);
        Assert.Single(_chart.Invocations["dispose"]);
    }

    [Fact]
    public async Task Dispose_DrawnChart_IsLetGo()
    {
        Show([Temperature]);

        await DisposeComponentsAsync();

        Assert.Single(_chart.Invocations["dispose"]);
    }

    [Fact]
    public async Task Dispose_BrowserGone_IsNoError()
    {
        Show([Temperature]);
        _chart.SetupVoid("dispose").SetException(new JSDisconnectedException("gone"));

        Assert.Null(await Record.ExceptionAsync(DisposeComponentsAsync));
    }

    [Fact]
    public void Update_BrowserAway_IsSentWithTheNextRendering()
    {
        var chart = Show([Temperature]);
        var update = _chart.SetupVoid("update", _ => true).SetException(new JSDisconnectedException("away"));
        chart.Render(p => p.Add(c => c.Series, [Temperature with { Points = [4_000, 5] }]));

        chart.Render();

        Assert.Equal(2, _module.Invocations["create"].Count);
    }

    private static double[] SentPoints(object? data)
    {
        var json = JsonSerializer.SerializeToElement(data);
        return MemoryMarshal.Cast<byte, double>(json.GetProperty("Series")[0].GetProperty("Points").GetBytesFromBase64()).ToArray();
    }

    private IRenderedComponent<TimeSeriesChart> Show(ChartSeries[] series) =>
        Render<TimeSeriesChart>(p => p.Add(c => c.Series, series).Add(c => c.FromUtc, Noon.AddDays(-1)).Add(c => c.ToUtc, Noon));
}
