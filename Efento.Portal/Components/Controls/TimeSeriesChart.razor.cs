using System.Runtime.InteropServices;
using Efento.Portal.Components.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Controls;

/// <summary>
/// Draws time series in the browser's zone and theme. The data (<see cref="ShowAsync"/>) is passed to the browser and not kept: the points
/// of an open page use no memory on the server.
/// </summary>
public sealed partial class TimeSeriesChart(IJSRuntime js) : IAsyncDisposable
{
    // The years 1900 to 2200. Requests of a browser beyond that range are not valid.
    private const double EarliestMs = -2_208_988_800_000;
    private const double LatestMs = 7_258_118_400_000;

    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<TimeSeriesChart>? _self;
    private ChartSeries[] _looks = [];
    private Task _shown = Task.CompletedTask;
    private bool _isDrawn;
    private bool _isDisposed;

    /// <summary>The height of the box in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 280;

    /// <summary>The title in saved pictures.</summary>
    [Parameter]
    public string Title { get; set; } = "";

    /// <summary>A description of the chart for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>
    /// Called when the user zooms or pans; null if that is not possible. The handler answers with <see cref="ShowAsync"/>.
    /// </summary>
    [Parameter]
    public EventCallback<ChartView> OnViewChange { get; set; }

    /// <summary>Whether the user may add notes, with the key N or a double click.</summary>
    [Parameter]
    public bool CanNote { get; set; }

    /// <summary>
    /// Whether the series are those of several measuring points, at most eight: with an axis for each unit, the number of each line at its
    /// end, and a row for each series with its own gaps.
    /// </summary>
    [Parameter]
    public bool IsComparison { get; set; }

    /// <summary>Called when the user wants to add a note at a time.</summary>
    [Parameter]
    public EventCallback<DateTimeOffset> OnNote { get; set; }

    /// <summary>Content over the chart.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Draws without animation; a chart of the same appearance is updated in place. Call this after the first rendering.</summary>
    /// <exception cref="JSDisconnectedException">The browser is disconnected. Draw again when it returns.</exception>
    /// <exception cref="OperationCanceledException">The browser disconnected during the call.</exception>
    public Task ShowAsync(ChartDrawing drawing, CancellationToken cancellationToken) =>
        _shown = ShowAfterAsync(_shown, drawing, cancellationToken);

    /// <summary>Downloads a picture of the chart, which the browser creates. Does nothing before the first drawing.</summary>
    /// <param name="format">"svg" or "png".</param>
    /// <param name="caption">What it says beside the chart.</param>
    public async Task SaveAsync(string format, ChartCaption caption)
    {
        if (_chart is null)
        {
            return;
        }

        try
        {
            await _chart.InvokeVoidAsync("save", format, caption);
        }
        catch (Exception exception) when (exception.MeansAway())
        {
            // The browser is disconnected.
            return;
        }
    }

    /// <summary>Called by the browser when the user selects a range, Unix ms.</summary>
    [JSInvokable]
    public Task LookAsync(double fromMs, double toMs) =>
        fromMs >= EarliestMs && toMs <= LatestMs && fromMs < toMs
            ? OnViewChange.InvokeAsync(
                new ChartView(DateTimeOffset.FromUnixTimeMilliseconds((long)fromMs), DateTimeOffset.FromUnixTimeMilliseconds((long)toMs)))
            : Task.CompletedTask;

    /// <summary>Called by the browser when the user wants to add a note, Unix ms.</summary>
    [JSInvokable]
    public Task NoteAsync(double atMs) =>
        CanNote && atMs is >= EarliestMs and <= LatestMs
            ? OnNote.InvokeAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)atMs))
            : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _chart.ReleaseAsync("dispose");
        await _module.ReleaseAsync();
        _self?.Dispose();
    }

    private async Task ShowAfterAsync(Task before, ChartDrawing drawing, CancellationToken cancellationToken)
    {
        // The caller of the previous call has already received its result.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await DrawOrUpdateAsync(drawing, [.. drawing.Series.Select(s => s.Look)], cancellationToken);
        }
        catch (Exception exception) when (_isDisposed && exception is JSException or ObjectDisposedException)
        {
            // The chart was taken from the page while it was drawn, and its element with it.
            return;
        }
    }

    private async Task DrawOrUpdateAsync(ChartDrawing drawing, ChartSeries[] looks, CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            return;
        }

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
        _self ??= OnViewChange.HasDelegate ? DotNetObjectReference.Create(this) : null;
        var chart = await _module.InvokeAsync<IJSObjectReference>(
            "create", cancellationToken, _host, Options(drawing), Data(drawing), _self);
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
        Title,
        CanNote,
        IsComparison,
        Series = drawing.Series.Select(s => new
        {
            s.Name,
            s.Unit,
            Kind = s.Kind switch { ChartSeriesKind.Binary => "binary", ChartSeriesKind.Counter => "counter", _ => "continuous" },
            s.Decimals,
            s.SmallestSpan,
            Scale = s.Scale is { } scale ? new[] { scale.Low, scale.High } : null,
            Words = new[] { s.ZeroWord, s.OneWord },
            s.Axis,
        }),
    };

    private static object Data(ChartDrawing drawing) => new
    {
        FromMs = drawing.FromUtc.ToUnixTimeMilliseconds(),
        ToMs = drawing.ToUtc.ToUnixTimeMilliseconds(),
        drawing.IsLive,
        drawing.Days,
        Series = drawing.Series.Select(s => new
        {
            Points = Bytes(s.Points),
            Band = s.Band is null ? null : Bytes(s.Band),
            States = s.States is null ? null : Bytes(s.States),
            Gaps = s.Gaps.Select(Data),
            Late = s.Late.Select(Data),
        }),
        Gaps = drawing.Gaps.Select(Data),
        Marks = drawing.Marks.Select(Data),
        drawing.Limits,
        Shades = drawing.Shades.Select(s => new
        {
            FromMs = s.FromUtc.ToUnixTimeMilliseconds(),
            ToMs = s.ToUtc.ToUnixTimeMilliseconds(),
            s.Word,
            s.IsFaint,
        }),
    };

    private static object Data(ChartGap gap) =>
        new { FromMs = gap.FromUtc.ToUnixTimeMilliseconds(), ToMs = gap.ToUtc.ToUnixTimeMilliseconds(), gap.Cause };

    private static object Data(ChartMark mark) => new
    {
        Kind = mark.Kind switch
        {
            ChartMarkKind.Late => "late",
            ChartMarkKind.Logger => "logger",
            ChartMarkKind.Restart => "restart",
            ChartMarkKind.Error => "error",
            ChartMarkKind.Alarm => "alarm",
            ChartMarkKind.Acknowledged => "acknowledged",
            _ => "note",
        },
        FromMs = mark.FromUtc.ToUnixTimeMilliseconds(),
        ToMs = mark.ToUtc.ToUnixTimeMilliseconds(),
        mark.Remark,
    };

    // Bytes are transferred unchanged, but doubles would be converted to text, and JSON has no NaN.
    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
