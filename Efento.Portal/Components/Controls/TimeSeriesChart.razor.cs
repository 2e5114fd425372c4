using System.Runtime.InteropServices;
using Efento.Portal.Components.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Controls;

/// <summary>Draws time series in the browser's zone and theme, and follows new parameters without animation.</summary>
public sealed partial class TimeSeriesChart(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private Drawing? _sent;
    private bool _isDisposed;

    /// <summary>The lines. A new list is drawn, the same one isn't looked at again.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>The left edge.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset FromUtc { get; set; }

    /// <summary>The right edge.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset ToUtc { get; set; }

    /// <summary>Where values are missing.</summary>
    [Parameter]
    public IReadOnlyList<ChartGap> Gaps { get; set; } = [];

    /// <summary>The height of the box in pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 280;

    /// <summary>What the chart shows, for those who don't see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    private Drawing Wanted => new(Series, FromUtc, ToUtc, Gaps);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _chart.ReleaseAsync("dispose");
        await _module.ReleaseAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _module = await js.ImportAsync(Assets, "assets/chart.js");
                await DrawAsync();
            }
            else if (_chart is not null && _sent != Wanted)
            {
                await FollowAsync();
            }
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser was away. If it comes back, the next rendering sends everything.
            _sent = null;
        }
    }

    private async Task DrawAsync()
    {
        var drawing = _sent = Wanted;
        var chart = await _module!.InvokeAsync<IJSObjectReference>("create", _host, Options(drawing), Data(drawing));
        if (_isDisposed)
        {
            await chart.ReleaseAsync("dispose");
            return;
        }

        _chart = chart;
        if (_sent != Wanted)
        {
            await FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        var before = _sent;
        var drawing = _sent = Wanted;
        if (before is not null && before.LooksLike(drawing))
        {
            await _chart!.InvokeVoidAsync("update", Data(drawing));
            return;
        }

        var old = _chart;
        _chart = null;
        await old.ReleaseAsync("dispose");
        await DrawAsync();
    }

    private object Options(Drawing drawing) => new
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

    private static object Data(Drawing drawing) => new
    {
        FromMs = drawing.FromUtc.ToUnixTimeMilliseconds(),
        ToMs = drawing.ToUtc.ToUnixTimeMilliseconds(),
        Series = drawing.Series.Select(s => new { Points = Bytes(s.Points), Band = s.Band is null ? null : Bytes(s.Band) }),
        Gaps = drawing.Gaps.Select(g => new { FromMs = g.FromUtc.ToUnixTimeMilliseconds(), ToMs = g.ToUtc.ToUnixTimeMilliseconds(), g.Cause }),
    };

    // Bytes travel as they are, doubles would become text; and NaN has no place in JSON.
    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    /// <summary>What is or should be in the browser; lists are compared by identity.</summary>
    private sealed record Drawing(IReadOnlyList<ChartSeries> Series, DateTimeOffset FromUtc, DateTimeOffset ToUtc, IReadOnlyList<ChartGap> Gaps)
    {
        public bool LooksLike(Drawing other) =>
            Series.Count == other.Series.Count && Series.Zip(other.Series).All(pair => pair.First.LooksLike(pair.Second));
    }
}
