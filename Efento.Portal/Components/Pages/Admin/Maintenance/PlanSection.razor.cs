using System.Globalization;
using Efento.Portal.Components.Controls;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Maintenance;

/// <summary>The planned windows.</summary>
public sealed partial class PlanSection
{
    private string? _from;
    private string? _until;
    private DateTimeOffset? _fromWhich;
    private DateTimeOffset? _untilWhich;
    private string? _reason;
    private MaintenanceWindow? _seen;

    /// <summary>The windows, the next first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MaintenanceWindow> Planned { get; set; } = [];

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private TimeSpan? Lasts =>
        WallTimeField.MomentOf(Zone, _until, _untilWhich) - WallTimeField.MomentOf(Zone, _from, _fromWhich) is { } span
            && span > TimeSpan.Zero
            ? span
            : null;

    private void Edit(MaintenanceWindow window)
    {
        (_seen, _reason) = (window, window.Reason);
        (_from, _fromWhich) = Typed(window.FromUtc);
        (_until, _untilWhich) = Typed(window.UntilUtc);
    }

    private async Task SaveAsync()
    {
        if (
            WallTimeField.MomentOf(Zone, _from, _fromWhich) is not { } from
                || WallTimeField.MomentOf(Zone, _until, _untilWhich) is not { } until)
        {
            Refuse(WhyNoMoment(MaintenanceText.Begin, _from) ?? WhyNoMoment(MaintenanceText.End, _until)!);
            return;
        }

        var (seen, reason) = (_seen, _reason ?? "");
        var isDone = seen is null
            ? await ActAsync(MaintenanceText.PlannedNow, actor => Mode.PlanAsync(actor, from, until, reason))
            : await ActAsync(MaintenanceText.Changed, actor => Mode.ChangeAsync(actor, seen, from, until, reason));
        if (isDone || (seen is not null && !Planned.Any(w => w.IsAs(seen))))
        {
            Clear();
        }
    }

    private async Task CancelAsync(MaintenanceWindow window)
    {
        var isSure = await Dialogs.ShowMessageBoxAsync(
            MaintenanceText.CancelAsk, window.Reason, yesText: MaintenanceText.CancelYes, cancelText: MaintenanceText.CancelNo);
        if (
            isSure == true
                && await ActAsync(MaintenanceText.CancelledNow, actor => Mode.CancelAsync(actor, window))
                && _seen?.Id == window.Id)
        {
            Clear();
        }
    }

    private void Clear() => (_seen, _from, _until, _fromWhich, _untilWhich, _reason) = (null, null, null, null, null, null);

    private string? WhyNoMoment(string field, string? text) =>
        WallTime.Parse(Zone, text) is not { } wall ? $"{field}: {MaintenanceText.ChooseTime}"
        : wall.Moments.Count != 1 ? $"{field}: {WallTimeWords.Remark(wall)}"
        : null;

    private (string Text, DateTimeOffset? Which) Typed(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        return (local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), local);
    }
}
