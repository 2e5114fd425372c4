using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>
/// Judges the past by the rule that is being written, with progress, until it is done or stopped. Of a rule for a place, one measuring
/// point can be judged alone, or looked at alone afterwards.
/// </summary>
public sealed partial class PreviewPanel : IDisposable
{
    private CancellationTokenSource? _canceller;
    private Previewed? _found;
    private Previewed? _shown;
    private int? _pointId;
    private int _judged;
    private int _toJudge;

    /// <summary>Tells the draft, once it has no fault; null if it has one.</summary>
    [Parameter, EditorRequired]
    public Func<RuleDraft?> Draft { get; set; } = () => null;

    /// <summary>The channels that the rule is about as it is typed now.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(int PointId, byte Channel, MeasurementType Type)> Channels { get; set; } = [];

    /// <summary>The site.</summary>
    [Parameter, EditorRequired]
    public RuleSite Site { get; set; } = null!;

    [Inject]
    private RulePreview Preview { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private bool IsRunning => _canceller is not null;

    private IReadOnlyList<PlacedPoint> Points => Channels.Select(c => c.PointId).ToHashSet() is var ids
        ? [.. Site.Points.Where(p => ids.Contains(p.Id))]
        : [];

    /// <summary>The point chosen; null if none is, or if the rule is about another place meanwhile.</summary>
    private PlacedPoint? Point => Points.FirstOrDefault(p => p.Id == _pointId);

    /// <summary>One button does both: it keeps the focus, and with it the dialog its keys.</summary>
    private async Task TryOrStopAsync()
    {
        if (IsRunning)
        {
            Stop();
        }
        else
        {
            await TryAsync();
        }
    }

    private async Task TryAsync()
    {
        (_found, _shown, _judged) = (null, null, 0);
        if (Draft() is not { } draft)
        {
            return;
        }

        var pointId = Point?.Id;
        var channels = Site.ChannelsFor(draft).Where(c => pointId is null || c.PointId == pointId).ToList();
        using var canceller = new CancellationTokenSource();
        (_canceller, _toJudge) = (canceller, channels.Count);
        try
        {
            var alarms = await Preview.JudgeAsync(draft, Site.Book, channels, new Progress<int>(Show), canceller.Token);
            _found = new(draft, pointId, channels, alarms);
            _shown = _found.At(Point?.Id);
        }
        catch (OperationCanceledException) when (canceller.IsCancellationRequested)
        {
            // The user stopped it, or closed the dialog.
            _found = null;
        }
        finally
        {
            _canceller = null;
        }
    }

    private void Stop() => _canceller?.Cancel();

    private void Show(int judged)
    {
        _judged = judged;
        StateHasChanged();
    }

    private void Narrow(PlacedPoint? point)
    {
        _pointId = point?.Id;
        _shown = _found?.At(_pointId);
    }

    private Task<IEnumerable<PlacedPoint>> FindAsync(string? text, CancellationToken cancellationToken) => Task.FromResult(
        Points.Where(p => string.IsNullOrWhiteSpace(text) || text == (Point is { } chosen ? NameOf(chosen) : null)
            || NameOf(p).Contains(text, StringComparison.CurrentCultureIgnoreCase)));

    private string NameOf(PlacedPoint point) => Site.NameOf(new() { PointId = point.Id });
}
