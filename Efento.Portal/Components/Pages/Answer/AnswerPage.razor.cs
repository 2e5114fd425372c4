using Efento.Portal.Notifications.Answering;
using Efento.Portal.Notifications.Sending;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>Shows the alarm of a link to acknowledge, and asks what was done.</summary>
public sealed partial class AnswerPage
{
    internal const string CommentField = "comment";
    internal const string CauseField = "cause";
    internal const string ActionField = "action";

    /// <summary>What the person may know.</summary>
    [Parameter, EditorRequired]
    public AnswerSheet Sheet { get; set; } = null!;

    /// <summary>The comment that was sent, if something was wrong with it.</summary>
    [Parameter]
    public string? Comment { get; set; }

    /// <summary>The cause that was chosen.</summary>
    [Parameter]
    public string? Cause { get; set; }

    /// <summary>The action that was chosen.</summary>
    [Parameter]
    public string? Action { get; set; }

    /// <summary>What was wrong with it, in words; null if nothing was.</summary>
    [Parameter]
    public string? Fault { get; set; }

    private Reader Reader => Sheet.Reader!;

    private bool IsOwn => string.Equals(Sheet.Line?.Alarm.AcknowledgedBy, Sheet.Name, StringComparison.OrdinalIgnoreCase);

    private string Title => Sheet.State switch
    {
        AnswerState.Outdated => AnswerText.Outdated,
        AnswerState.Over => AnswerText.Over,
        AnswerState.NotAllowed => AnswerText.NotAllowed,
        AnswerState.Gone => AnswerText.Gone,
        AnswerState.Locked => AnswerText.Locked,
        _ => AnswerText.Unknown,
    };

    private string More => Sheet.State switch
    {
        AnswerState.Outdated => AnswerText.OutdatedMore,
        AnswerState.Over => AnswerText.OverMore,
        AnswerState.NotAllowed => AnswerText.NotAllowedMore,
        AnswerState.Gone => AnswerText.GoneMore,
        AnswerState.Locked => AnswerText.LockedMore,
        _ => AnswerText.UnknownMore,
    };
}
