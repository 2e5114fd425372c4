using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Timeline;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>Texts about events of a measuring point: an icon, a word and details.</summary>
internal static class EventWords
{
    /// <summary>The icon of an event.</summary>
    public static string Icon(PointEvent happened) => happened switch
    {
        GapEvent { Cause: GapCause.NoValue } => Icons.Material.Outlined.ErrorOutline,
        GapEvent { Cause: GapCause.GatewayOffline } => Icons.Material.Outlined.CloudOff,
        GapEvent { Cause: GapCause.NotSynchronised } => Icons.Material.Outlined.SyncDisabled,
        GapEvent { Cause: GapCause.NotHeard } => Icons.Material.Outlined.SignalWifiOff,
        GapEvent { Cause: GapCause.Maintenance } or MaintenanceEvent => Icons.Material.Outlined.Engineering,
        GapEvent => Icons.Material.Outlined.HelpOutline,
        LateEvent => Icons.Material.Outlined.Schedule,
        ConflictEvent => Icons.Material.Outlined.CallSplit,
        ReplacementEvent => Icons.Material.Outlined.SwapHoriz,
        BatteryEvent { IsLow: true } => Icons.Material.Outlined.BatteryAlert,
        BatteryEvent => Icons.Material.Outlined.BatteryFull,
        IntervalEvent => Icons.Material.Outlined.Timer,
        SynchroniseEvent { Synchronise: false } => Icons.Material.Outlined.SyncDisabled,
        SynchroniseEvent => Icons.Material.Outlined.Sync,
        DecisionEvent { Decision: PointDecision.Placed } => Icons.Material.Outlined.Place,
        DecisionEvent { Decision: PointDecision.Retired or PointDecision.BroughtBack } => Icons.Material.Outlined.Archive,
        DecisionEvent => Icons.Material.Outlined.Edit,
        NoteEvent => Icons.Material.Outlined.StickyNote2,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    /// <summary>The word for an event.</summary>
    public static string Word(PointEvent happened) => happened switch
    {
        GapEvent { Cause: GapCause.NoValue } => EventsText.SensorError,
        GapEvent => EventsText.Gap,
        LateEvent => EventsText.Late,
        ConflictEvent => EventsText.Conflict,
        ReplacementEvent => EventsText.Replaced,
        BatteryEvent { IsLow: true } => EventsText.BatteryLow,
        BatteryEvent => EventsText.BatteryOk,
        IntervalEvent => EventsText.Interval,
        SynchroniseEvent { Synchronise: false } => EventsText.SetToN,
        SynchroniseEvent => EventsText.SetToY,
        DecisionEvent { Decision: PointDecision.Placed } => EventsText.Placed,
        DecisionEvent { Decision: PointDecision.Retired } => EventsText.Retired,
        DecisionEvent { Decision: PointDecision.BroughtBack } => EventsText.BroughtBack,
        DecisionEvent => EventsText.Renamed,
        NoteEvent => EventsText.Note,
        MaintenanceEvent => EventsText.Maintenance,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    /// <summary>The details of an event; empty if there are none.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="channels">All channels of the point. If an event concerns all of them, they are not named.</param>
    public static string Detail(PointEvent happened, IReadOnlyList<PointChannel> channels) => happened switch
    {
        GapEvent { Cause: GapCause.NoValue } gap => Of(Span(gap), gap.Channels, channels),
        GapEvent gap => Of(EventsText.Lasts(MeasurementWords.Cause(gap.Cause), Span(gap)), gap.Channels, channels),
        LateEvent late => Of(Span(late), late.Channels, channels),
        ConflictEvent conflict =>
            Of(
                string.Join(" · ", conflict.Values.Select(v => v.ToString("0.###", System.Globalization.CultureInfo.CurrentCulture))),
                conflict.Channels, channels),
        ReplacementEvent replaced => EventsText.ReplacedDetail(replaced.After, replaced.Before),
        IntervalEvent interval => $"{GatewayWords.Span(interval.BeforeSeconds)} → {GatewayWords.Span(interval.AfterSeconds)}",
        SynchroniseEvent { Synchronise: false } => EventsText.SetToNMeans,
        SynchroniseEvent => EventsText.SetToYMeans,
        DecisionEvent { Old: null, New: null } => "",
        DecisionEvent decided => $"{decided.Old ?? ShownReading.None} → {decided.New ?? ShownReading.None}",
        NoteEvent note => note.Note.Text,
        MaintenanceEvent maintenance => maintenance.Window.Reason,
        _ => "",
    };

    /// <summary>The user who caused the event; null if nobody did.</summary>
    public static string? By(PointEvent happened) => happened switch
    {
        NoteEvent note => note.Note.WrittenBy,
        DecisionEvent decided => decided.By,
        MaintenanceEvent maintenance => maintenance.Window.CreatedBy,
        _ => null,
    };

    /// <summary>Why a note was not accepted; null if it was.</summary>
    public static string? Fault(NoteOutcome outcome) => outcome switch
    {
        NoteOutcome.Done => null,
        NoteOutcome.ChangedMeanwhile => AdministrationText.ChangedMeanwhile,
        NoteOutcome.TextMissing => EventsText.NoteMissing,
        NoteOutcome.TooLong => EventsText.NoteTooLong(PointNote.MostLetters),
        NoteOutcome.TimeAhead => AdministrationText.TimeInFuture,
        NoteOutcome.NotTheirs => EventsText.NoteNotTheirs,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static string Span(PointEvent lasting) => GatewayWords.Span((long)(lasting.UntilUtc - lasting.FromUtc).TotalSeconds);

    private static string Of(string what, IReadOnlyList<PointChannel> concerned, IReadOnlyList<PointChannel> all)
    {
        var keys = concerned.Select(c => c.Key).ToHashSet();
        var names = MeasurementWords.Labels([.. all.Select(c => (c.Channel, c.Type))])
            .Zip(all)
            .Where(named => keys.Contains(named.Second.Key))
            .Select(named => named.First);
        return keys.Count >= all.Count ? what : $"{what} · {string.Join(", ", names)}";
    }
}
