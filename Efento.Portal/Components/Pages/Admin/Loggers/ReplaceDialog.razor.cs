using System.Globalization;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Asks for the logger that takes over at a point.</summary>
public sealed partial class ReplaceDialog
{
    private LoggerOverview? _new;
    private bool _isNow = true;
    private bool _retiresOld = true;
    private string _local = "";
    private string _reason = "";

    /// <summary>The point.</summary>
    [Parameter, EditorRequired]
    public PointOverview Point { get; set; } = null!;

    /// <summary>The logger that measures there now; null if none does.</summary>
    [Parameter]
    public LoggerOverview? Old { get; set; }

    /// <summary>The loggers that may take over.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LoggerOverview> Candidates { get; set; } = [];

    /// <summary>The zone of the site's clocks.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsComplete => _new is not null && AtUtc is not null && !string.IsNullOrWhiteSpace(_reason);

    private DateTimeOffset? AtUtc => _isNow ? Time.GetUtcNow() : MomentOf(_local);

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        _local = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static string Named(LoggerOverview? logger) =>
        logger is null ? "" : logger.PointName == logger.Serial ? logger.Serial : $"{logger.Serial} · {logger.PointName}";

    // A time the clocks showed twice is the first of the two.
    private DateTimeOffset? MomentOf(string text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, out var local) || Zone.IsInvalidTime(local))
        {
            return null;
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        var moment = new DateTimeOffset(local, offset).ToUniversalTime();
        return moment <= Time.GetUtcNow() ? moment : null;
    }

    private void Confirm()
    {
        if (IsComplete)
        {
            Dialog.Close(new Replacement
            {
                Point = new Seen(Point.Id, Point.Version),
                Old = Old is null ? null : new Seen(Old.Id, Old.Version),
                New = new Seen(_new!.Id, _new.Version),
                AtUtc = AtUtc!.Value,
                RetiresOld = Old is not null && _retiresOld,
                Reason = _reason,
            });
        }
    }
}
