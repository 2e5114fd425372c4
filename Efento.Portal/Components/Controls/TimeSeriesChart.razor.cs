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
    // The years 1900 to 2200: what a browser asks beyond is no time anybody looks at.
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

    /// <summary>Its title in pictures that are taken away.</summary>
    [Parameter]
    public string Title { get; set; } = "";

    /// <summary>What the chart shows, for those who don't see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Somebody zoomed or moved in time; null where they can't. To be answered with <see cref="ShowAsync"/>.</summary>
    [Parameter]
    public EventCallback<ChartView> OnLook { get; set; }

    /// <summary>Whether somebody may say something of a moment: the key N and a double click ask for it.</summary>
    [Parameter]
    public bool CanNote { get; set; }

    /// <summary>Somebody wants to say something of a moment.</summary>
    [Parameter]
    public EventCallback<DateTimeOffset> OnNote { get; set; }

    /// <summary>What lies over the chart.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Draws this, in place where it looks like what is drawn already, without animation. To be called after the first rendering.</summary>
    /// <exception cref="JSDisconnectedException">The browser is gone; show everything again if it comes back.</exception>
    /// <exception cref="OperationCanceledException">The same, noticed while it was asked.</exception>
    public Task ShowAsync(ChartDrawing drawing, CancellationToken cancellationToken) =>
        _shown = ShowAfterAsync(_shown, drawing, cancellationToken);

    /// <summary>Hands the person a picture of what is drawn, made in their browser; nothing before anything is.</summary>
    /// <param name="format">"svg" or "png".</param>
    public async Task SaveAsync(string format)
    {
        if (_chart is not null)
        {
            await _chart.InvokeVoidAsync("save", format);
        }
    }

    /// <summary>For the browser: somebody wants to see from then until then, Unix ms.</summary>
    [JSInvokable]
    public Task LookAsync(double fromMs, double toMs) =>
        fromMs >= EarliestMs && toMs <= LatestMs && fromMs < toMs
            ? OnLook.InvokeAsync(new ChartView(DateTimeOffset.FromUnixTimeMilliseconds((long)fromMs), DateTimeOffset.FromUnixTimeMilliseconds((long)toMs)))
            : Task.CompletedTask;

    /// <summary>For the browser: somebody wants to say something of a moment, Unix ms.</summary>
    [JSInvokable]
    public Task NoteAsync(double atMs) =>
        CanNote && atMs is >= EarliestMs and <= LatestMs ? OnNote.InvokeAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)atMs)) : Task.CompletedTask;

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
        _self ??= OnLook.HasDelegate ? DotNetObjectReference.Create(this) : null;
        var chart = await _module.InvokeAsync<IJSObjectReference>("create", cancellationToken, _host, Options(drawing), Data(drawing), _self);
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
        Series = drawing.Series.Select(s => new
        {
            s.Name,
            s.Unit,
            Kind = s.Kind switch { ChartSeriesKind.Binary => "binary", ChartSeriesKind.Counter => "counter", _ => "continuous" },
            s.Decimals,
            Scale = s.Scale is { } scale ? new[] { scale.Low, scale.High } : null,
            Words = new[] { s.ZeroWord, s.OneWord },
        }),
    };

    private static object Data(ChartDrawing drawing) => new
    {
        FromMs = drawing.FromUtc.ToUnixTimeMilliseconds(),
        ToMs = drawing.ToUtc.ToUnixTimeMilliseconds(),
        drawing.IsLive,
        Series = drawing.Series.Select(s => new
        {
            Points = Bytes(s.Points),
            Band = s.Band is null ? null : Bytes(s.Band),
            States = s.States is null ? null : Bytes(s.States),
        }),
        Gaps = drawing.Gaps.Select(g => new { FromMs = g.FromUtc.ToUnixTimeMilliseconds(), ToMs = g.ToUtc.ToUnixTimeMilliseconds(), g.Cause }),
        Marks = drawing.Marks.Select(m => new
        {
            Kind = m.Kind switch { ChartMarkKind.Late => "late", ChartMarkKind.Logger => "logger", ChartMarkKind.Restart => "restart", ChartMarkKind.Error => "error", _ => "note" },
            FromMs = m.FromUtc.ToUnixTimeMilliseconds(),
            ToMs = m.ToUtc.ToUnixTimeMilliseconds(),
            m.Remark,
        }),
    };

    // Bytes travel as they are, doubles would become text; and NaN has no place in JSON.
    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
