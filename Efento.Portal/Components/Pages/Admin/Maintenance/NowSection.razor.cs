using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>The current maintenance.</summary>
public sealed partial class NowSection
{
    private static readonly int[] Presets = [15, 30, 60, 120, 480];

    private string? _reason;
    private int _minutes = 30;
    private MaintenanceWindow? _seen;

    /// <summary>The current window; null if there is none.</summary>
    [Parameter, EditorRequired]
    public MaintenanceWindow? Window { get; set; }

    /// <summary>The gateways that are expected after it; null without a window.</summary>
    [Parameter]
    public ReturnReport? Returns { get; set; }

    private string Answered => Returns?.Gateways.Count switch
    {
        null or 0 => MaintenanceText.AnsweredSome,
        1 => MaintenanceText.AnsweredOne,
        var count => MaintenanceText.AnsweredMany(count),
    };

    /// <inheritdoc/>
    protected override void OnParametersSet() => _seen = Window is null ? null : _seen;

    // If maintenance is already on, somebody else has started it since the page was shown.
    private async Task StartAsync()
    {
        if (
            await ActAsync(
                MaintenanceText.TurnedOn, actor => Mode.StartAsync(actor, TimeSpan.FromMinutes(_minutes), _reason ?? "", mayChange: false)))
        {
            _reason = null;
        }
    }

    private void Edit()
    {
        _seen = Window;
        _reason = Window!.Reason;
        _minutes = Math.Max(1, (int)Math.Ceiling((Window.UntilUtc - Time.GetUtcNow()).TotalMinutes));
    }

    private async Task ChangeAsync()
    {
        if (_seen is not { } seen)
        {
            // The window ended while the user clicked.
            Refuse(MaintenanceText.FaultGone);
            return;
        }

        if (
            await ActAsync(
                MaintenanceText.Changed, actor =>
                    Mode.ChangeAsync(actor, seen, seen.FromUtc, Time.GetUtcNow().AddMinutes(_minutes), _reason ?? ""))
                || Window?.IsAs(seen) != true)
        {
            (_seen, _reason) = (null, null);
        }
    }

    private Task EndAsync(MaintenanceWindow seen) => ActAsync(MaintenanceText.Ended, actor => Mode.EndAsync(actor, seen));
}
