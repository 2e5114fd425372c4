using Efento.Portal.Alarms;
using Efento.Portal.Components.Words;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Alarms;

/// <summary>Texts about what happened to alarms.</summary>
internal static class AlarmEventWords
{
    /// <summary>The icon of an event.</summary>
    public static string Icon(AlarmEventKind kind) => kind switch
    {
        AlarmEventKind.Raised => Icons.Material.Outlined.NotificationsActive,
        AlarmEventKind.Rose => Icons.Material.Outlined.TrendingUp,
        AlarmEventKind.Fell => Icons.Material.Outlined.TrendingDown,
        AlarmEventKind.Ended => Icons.Material.Outlined.DoneAll,
        AlarmEventKind.BeginMoved or AlarmEventKind.EndMoved or AlarmEventKind.PeakMoved => Icons.Material.Outlined.Schedule,
        AlarmEventKind.Withdrawn => Icons.Material.Outlined.Undo,
        AlarmEventKind.Reopened or AlarmEventKind.Unexplained => Icons.Material.Outlined.NotificationImportant,
        AlarmEventKind.Explained => Icons.Material.Outlined.AccountTree,
        AlarmEventKind.Acknowledged => Icons.Material.Outlined.Check,
        AlarmEventKind.TakenOn => Icons.Material.Outlined.PersonAdd,
        AlarmEventKind.HandedOver => Icons.Material.Outlined.SwapHoriz,
        AlarmEventKind.Snoozed => Icons.Material.Outlined.Snooze,
        AlarmEventKind.Closed => Icons.Material.Outlined.SensorsOff,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Whether its text is a comment or reason. In other events it is a part of <see cref="Of"/>.</summary>
    public static bool HasComment(AlarmEvent happened) =>
        happened is { Text.Length: > 0, Kind: AlarmEventKind.Acknowledged or AlarmEventKind.Snoozed or AlarmEventKind.Closed };

    /// <summary>What happened.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="at">The time that it is about, as shown.</param>
    /// <param name="other">The alarm that it is about, as shown.</param>
    public static RenderFragment Of(AlarmEvent happened, RenderFragment at, RenderFragment other) => happened switch
    {
        { Kind: AlarmEventKind.Ended, AboutMs: not null } => AlarmText.EventEnded(at),
        { Kind: AlarmEventKind.BeginMoved, AboutMs: not null } => AlarmText.EventBeginMoved(at),
        { Kind: AlarmEventKind.EndMoved, AboutMs: not null } => AlarmText.EventEndMoved(at),
        { Kind: AlarmEventKind.Snoozed, AboutMs: not null } => AlarmText.EventSnoozed(at),
        { Kind: AlarmEventKind.Explained } => AlarmText.EventExplained(other),
        { Kind: AlarmEventKind.Withdrawn, OtherId: not null } => AlarmText.EventWithdrawnInto(other),
        _ => builder => builder.AddContent(0, Word(happened)),
    };

    private static string Word(AlarmEvent happened) => happened.Kind switch
    {
        AlarmEventKind.Raised when happened.Level is { } level => AlarmText.EventRaised(AlarmWords.Level(level)),
        AlarmEventKind.Raised => AlarmText.EventRaisedNow,
        AlarmEventKind.Rose => AlarmText.EventRose,
        AlarmEventKind.Fell => AlarmText.EventFell,
        AlarmEventKind.Ended => AlarmText.EventEndedNow,
        AlarmEventKind.BeginMoved => AlarmText.EventBeginMovedNow,
        AlarmEventKind.EndMoved => AlarmText.EventGoesOn,
        AlarmEventKind.PeakMoved => AlarmText.EventPeakMoved,
        AlarmEventKind.Withdrawn => AlarmText.EventWithdrawn,
        AlarmEventKind.Reopened => AlarmText.EventReopened,
        AlarmEventKind.Unexplained => AlarmText.EventUnexplained,
        AlarmEventKind.Acknowledged => AlarmText.EventAcknowledged,
        AlarmEventKind.TakenOn => AlarmText.EventTakenOn(happened.By),
        AlarmEventKind.HandedOver => AlarmText.EventHandedOver(happened.Text),
        AlarmEventKind.Snoozed => AlarmText.EventSnoozedNow,
        _ => AlarmText.EventClosed,
    };
}
