using System.Runtime.InteropServices;
using Efento.Portal.Components.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Controls;

/// <summary>
/// Draws time series in the browser's zone and theme. It is handed what to draw (<see cref="ShowAsync"/>) and passes it on without keeping
/// it: a thousand points of an open page live in its browser, not in the server's memory.
/// </summary>
public sealed partial class TimeSeriesChart(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private ChartSeries[] _looks = [];
    private Task _shown = Task.CompletedTask;
    private bool _isDrawn;
    private bool _isDisposed;

    /// <summary>The height of the box in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 280;

    /// <summary>What the chart shows, for those who don't see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What lies over the chart.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Draws this, in place where it looks like what is drawn already, without animation. To be called after the first rendering.</summary>
    /// <exception cref="JSDisconnectedException">The browser is gone; show everything again if it comes back.</exception>
    /// <exception cref="OperationCanceledException">The same, noticed while it was asked.</exception>
    public Task ShowAsync(ChartDrawing drawing, CancellationToken cancellationToken) =>
        _shown = ShowAfterAsync(_shown, drawing, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _chart.ReleaseAsync("dispose");
        await _module.ReleaseAsync();
    }

    private async Task ShowAfterAsync(Task before, ChartDrawing drawing, CancellationToken cancellationToken)
    {
        // What became of the one before was told to who asked for it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_isDisposed)
        {
            return;
        }

        ChartSeries[] looks = [.. drawing.Series.Select(s => s.Look)];
        if (_chart is not null && looks.SequenceEqual(_looks))
        {
            await _chart.InvokeVoidAsync("update", cancellationToken, Data(drawing));
            return;
        }

        var old = _chart;
        _chart = null;
        await old.ReleaseAsync("dispose");
        await DrawAsync(drawing, looks, cancellationToken);
    }

    private async Task DrawAsync(ChartDrawing drawing, ChartSeries[] looks, CancellationToken cancellationToken)
    {
        _module ??= await js.ImportAsync(Assets, "assets/chart.js");
        var chart = await _module.InvokeAsync<IJSObjectReference>("create", cancellationToken, _host, Options(drawing), Data(drawing));
        if (_isDisposed)
        {
            await chart.ReleaseAsync("dispose");
            return;
        }

        (_chart, _looks) = (chart, looks);
        if (!_isDrawn)
        {
            _isDrawn = true;
            StateHasChanged();
        }
    }

    private object Options(ChartDrawing drawing) => new
    {
        Height,
        Series = drawing.Series.Select(s => new
        {
            s.Name,
            s.Unit,
            Kind = s.Kind is ChartSeriesKind.Binary ? "binary" : "continuous",
            s.Decimals,
            Words = new[] { s.ZeroWord, s.OneWord },
        }),
    };

    private static object Data(ChartDrawing drawing) => new
    {
        FromMs = drawing.FromUtc.ToUnixTimeMilliseconds(),
        ToMs = drawing.ToUtc.ToUnixTimeMilliseconds(),
        Series = drawing.Series.Select(s => new { Points = Bytes(s.Points), Band = s.Band is null ? null : Bytes(s.Band) }),
        Gaps = drawing.Gaps.Select(g => new { FromMs = g.FromUtc.ToUnixTimeMilliseconds(), ToMs = g.ToUtc.ToUnixTimeMilliseconds(), g.Cause }),
        Marks = drawing.Marks.Select(m => new { FromMs = m.FromUtc.ToUnixTimeMilliseconds(), ToMs = m.ToUtc.ToUnixTimeMilliseconds(), m.Remark }),
    };

    // Bytes travel as they are, doubles would become text; and NaN has no place in JSON.
    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
