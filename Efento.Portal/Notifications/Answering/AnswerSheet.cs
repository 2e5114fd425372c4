using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Notifications.Sending;

namespace Efento.Portal.Notifications.Answering;

/// <summary>What somebody with a link to acknowledge may know.</summary>
/// <param name="State">Whether they can act, or why not.</param>
/// <param name="Reader">How they read; null if the link is not one of this portal.</param>
/// <param name="Line">The alarm; null if they may know nothing of it.</param>
/// <param name="Name">Who they are; null if they may know nothing.</param>
public sealed record AnswerSheet(AnswerState State, Reader? Reader = null, AlarmLine? Line = null, string? Name = null)
{
    /// <summary>The words for causes and actions to choose from.</summary>
    public AlarmVocabulary Words { get; init; } = AlarmVocabulary.None;
}

/// <summary>What a link to acknowledge is good for.</summary>
public enum AnswerState
{
    /// <summary>The alarm can be acknowledged.</summary>
    Open,

    /// <summary>It was acknowledged.</summary>
    Answered,

    /// <summary>It was acknowledged since the link was made, and is open again because it got worse: a newer message has a link.</summary>
    Outdated,

    /// <summary>The link is too old.</summary>
    Over,

    /// <summary>The person may not see the alarm any more, or not act.</summary>
    NotAllowed,

    /// <summary>There is no such alarm any more.</summary>
    Gone,

    /// <summary>The portal did not make this link.</summary>
    Unknown,

    /// <summary>Links were guessed from this address.</summary>
    Locked,
}
