using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>Maintenance now.</summary>
public sealed partial class NowSection
{
    private static readonly (int Minutes, string Label)[] Presets = [(15, "15 min"), (30, "30 min"), (60, "1 h"), (120, "2 h"), (480, "8 h")];

    private string? _reason;
    private int _minutes = 30;
    private MaintenanceWindow? _seen;

    /// <summary>The window that is on; null if none is.</summary>
    [Parameter, EditorRequired]
    public MaintenanceWindow? Window { get; set; }

    /// <summary>Who is to come back after it; null if none is on.</summary>
    [Parameter]
    public ReturnReport? Returns { get; set; }

    private string Gateways => Returns?.Gateways.Count switch
    {
        null or 0 => "Gateways",
        1 => "One gateway was heard when it began. Gateways",
        var count => $"{count} gateways were heard when it began. They",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet() => _seen = Window is null ? null : _seen;

    // One that is on already was turned on by somebody else since this page was shown.
    private async Task StartAsync()
    {
        if (await ActAsync("Maintenance is on.", actor => Mode.StartAsync(actor, TimeSpan.FromMinutes(_minutes), _reason ?? "", mayChange: false)))
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
            // The click was under way when the window ended.
            Refuse(new MaintenanceOutcome(MaintenanceFault.Changed).Why(_ => ""));
            return;
        }

        if (await ActAsync("Changed.", actor => Mode.ChangeAsync(actor, seen, seen.FromUtc, Time.GetUtcNow().AddMinutes(_minutes), _reason ?? "")) || Window?.IsAs(seen) != true)
        {
            (_seen, _reason) = (null, null);
        }
    }

    private Task EndAsync(MaintenanceWindow seen) => ActAsync("Maintenance is off. Gateways come back by themselves.", actor => Mode.EndAsync(actor, seen));
}
