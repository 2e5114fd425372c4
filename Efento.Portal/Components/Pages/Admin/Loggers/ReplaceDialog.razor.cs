using System.Globalization;
using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Asks for the new logger of a point.</summary>
public sealed partial class ReplaceDialog
{
    private LoggerOverview? _new;
    private bool _isNow = true;
    private bool _retiresOld = true;
    private string? _local;
    private DateTimeOffset? _which;
    private string _reason = "";

    /// <summary>The point.</summary>
    [Parameter, EditorRequired]
    public PointOverview Point { get; set; } = null!;

    /// <summary>The logger that measures there now; null if none does.</summary>
    [Parameter]
    public LoggerOverview? Old { get; set; }

    /// <summary>The loggers to choose from.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<LoggerOverview> Candidates { get; set; } = [];

    /// <summary>The zone in which times are shown and entered.</summary>
    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsComplete => _new is not null && AtUtc is not null && !IsAhead && TextLimit.IsGiven(_reason, 300);

    private DateTimeOffset? AtUtc => _isNow ? Time.GetUtcNow() : WallTimeField.MomentOf(Zone, _local, _which)?.ToUniversalTime();

    private bool IsAhead => AtUtc > Time.GetUtcNow();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var now = TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Zone);
        var local = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Unspecified);
        (_local, _which) = (local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), new DateTimeOffset(local, now.Offset));
    }

    private static string Named(LoggerOverview? logger) =>
        logger is null ? "" : logger.PointName == logger.Serial ? logger.Serial : $"{logger.Serial} · {logger.PointName}";

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
