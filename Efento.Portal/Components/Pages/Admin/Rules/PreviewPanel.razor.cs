using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>Judges the past by the rule that is being written, with progress, until it is done or stopped.</summary>
public sealed partial class PreviewPanel : IDisposable
{
    private const int Most = 10;

    private CancellationTokenSource? _canceller;
    private IReadOnlyList<(int PointId, byte Channel, MeasurementType Type)> _channels = [];
    private IReadOnlyList<PreviewedAlarm>? _alarms;
    private RuleDraft? _draft;
    private int _judged;

    /// <summary>Tells the draft, once it has no fault; null if it has one.</summary>
    [Parameter, EditorRequired]
    public Func<RuleDraft?> Draft { get; set; } = () => null;

    /// <summary>The site.</summary>
    [Parameter, EditorRequired]
    public RuleSite Site { get; set; } = null!;

    [Inject]
    private RulePreview Preview { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private bool IsRunning => _canceller is not null;

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
        (_alarms, _judged) = (null, 0);
        if (Draft() is not { } draft)
        {
            return;
        }

        using var canceller = new CancellationTokenSource();
        (_canceller, _draft, _channels) = (canceller, draft, Site.ChannelsFor(draft));
        try
        {
            _alarms = await Preview.JudgeAsync(draft, Site.Book, _channels, new Progress<int>(Show), canceller.Token);
        }
        catch (OperationCanceledException) when (canceller.IsCancellationRequested)
        {
            // The user stopped it, or closed the dialog.
            _alarms = null;
        }

        _canceller = null;
    }

    private void Stop() => _canceller?.Cancel();

    private void Show(int judged)
    {
        _judged = judged;
        StateHasChanged();
    }

    private string Worst(double peak) => _draft switch
    {
        { Kind: RuleKind.Signal } => Figures.Plain(peak, Figures.Decibels),
        { Kind: RuleKind.State } state => AlarmRuleWords.State(state.Type, peak >= 0.5),
        var draft => Figures.Of(draft?.Type, draft?.Kind is RuleKind.Rate, View.Units).InWords(peak),
    };
}
