namespace Efento.Portal.Notifications;

/// <summary>
/// A message to one recipient through one channel, and its fate: the outbox and the ledger in one. It is written in the transaction of the
/// alarm, and never deleted.
/// </summary>
public sealed class Delivery
{
    /// <summary>Stands in place of an alarm where a delivery tells of none.</summary>
    public const int NoAlarm = 0;

    /// <summary>The key of the row; it ascends with time.</summary>
    public long Id { get; init; }

    /// <summary>The idempotency key, the same for each attempt.</summary>
    public required string Key { get; init; }

    /// <summary>The alarm; <see cref="NoAlarm"/> if it tells of none.</summary>
    public required int AlarmId { get; init; }

    /// <summary>The drill to which it belongs; 0 if it is no drill.</summary>
    public int DrillId { get; init; }

    /// <summary>What it tells.</summary>
    public required DeliveryEvent Event { get; init; }

    /// <summary>The key of the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The e-mail address; null where the channel itself is the recipient.</summary>
    public string? Address { get; init; }

    /// <summary>The key of the chain because of which it is told, or a word in its place.</summary>
    public required string Chain { get; init; }

    /// <summary>When it was queued.</summary>
    public required DateTimeOffset QueuedUtc { get; init; }

    /// <summary>From when on it is to be told.</summary>
    public required DateTimeOffset DueUtc { get; set; }

    /// <summary>When it is attempted next.</summary>
    public required DateTimeOffset NextUtc { get; set; }

    /// <summary>How long after <see cref="DueUtc"/> the recipient is told again, in ms; null for never.</summary>
    public long? RepeatMs { get; set; }

    /// <summary>The key of the rota whose person on duty is told; null if the chain names the recipient.</summary>
    public string? Rota { get; init; }

    /// <summary>When a message with it was attempted first; null if none was.</summary>
    public DateTimeOffset? BegunUtc { get; set; }

    /// <summary>The delivery whose message carries it, if several are said in one message; null if it has a message of its own.</summary>
    public long? CarrierId { get; set; }

    /// <summary>Its state.</summary>
    public DeliveryState State { get; set; } = DeliveryState.Queued;

    /// <summary>Why it ended unsent; null for all others.</summary>
    public DeliveryEnd? End { get; set; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was attempted last; null if it never was.</summary>
    public DateTimeOffset? AttemptedUtc { get; set; }

    /// <summary>What the channel's server answered last, in its own words; null if there was no attempt.</summary>
    public string? Answer { get; set; }

    /// <summary>When it was accepted, failed or ended; null before that.</summary>
    public DateTimeOffset? DoneUtc { get; set; }

    /// <summary>Whether it is still to be told.</summary>
    public bool IsOpen => State is DeliveryState.Queued or DeliveryState.Sent;

    /// <summary>Whether it tells of an alarm.</summary>
    public bool IsOfAlarm => AlarmId != NoAlarm;

    /// <summary>Whether it tells that there is an alarm.</summary>
    public bool IsAnnouncement =>
        Event is DeliveryEvent.Raised or DeliveryEvent.Rose or DeliveryEvent.Repeated or DeliveryEvent.Flapping;

    /// <summary>Queues it again, to be attempted at once.</summary>
    internal void QueueAgain(DateTimeOffset now) => (State, NextUtc, DoneUtc) = (DeliveryState.Queued, now, null);

    /// <summary>Lets it come before its time. What holds it back for another reason still does.</summary>
    internal void ComeForward(DateTimeOffset now) => (DueUtc, NextUtc) = (now, NextUtc == DueUtc ? now : NextUtc);

    /// <summary>Ends it unsent.</summary>
    internal void EndFor(DeliveryEnd reason, DateTimeOffset now) =>
        (State, End, DoneUtc, RepeatMs) = (DeliveryState.Ended, reason, now, null);
}

/// <summary>What a delivery tells. The numbers are stored.</summary>
public enum DeliveryEvent : byte
{
    /// <summary>There is an alarm.</summary>
    Raised = 1,

    /// <summary>It rose to a higher level.</summary>
    Rose = 2,

    /// <summary>It still goes on, and nobody acknowledged it.</summary>
    Repeated = 3,

    /// <summary>Somebody acknowledged it.</summary>
    Acknowledged = 4,

    /// <summary>It is over.</summary>
    Ended = 5,

    /// <summary>The readings do not justify it any more.</summary>
    Withdrawn = 6,

    /// <summary>It begins again and again.</summary>
    Flapping = 7,

    /// <summary>Somebody is on it.</summary>
    TakenOn = 8,

    /// <summary>It is over: a broker that kept the last message about it keeps it no longer.</summary>
    Cleared = 9,

    /// <summary>How the site stands: the mail of a day.</summary>
    Watching = 10,

    /// <summary>There is a drill, and whoever reads it is asked to confirm.</summary>
    Drill = 11,

    /// <summary>There was an alarm, which was over for long when it was found in late readings.</summary>
    FoundLate = 12,
}

/// <summary>The state of a delivery. The numbers are stored.</summary>
public enum DeliveryState : byte
{
    /// <summary>It waits for its time or for another attempt.</summary>
    Queued = 1,

    /// <summary>It was handed to the channel, whose answer is not known yet.</summary>
    Sent = 2,

    /// <summary>The channel's server took it.</summary>
    Accepted = 3,

    /// <summary>The channel's server refused it, or nobody took it for days.</summary>
    Failed = 4,

    /// <summary>It was not needed any more before it was sent.</summary>
    Ended = 5,
}

/// <summary>Why a delivery ended unsent. The numbers are stored.</summary>
public enum DeliveryEnd : byte
{
    /// <summary>The alarm was over or withdrawn.</summary>
    Over = 1,

    /// <summary>Somebody had acknowledged the alarm.</summary>
    Acknowledged = 2,

    /// <summary>Another alarm explains it and is told instead.</summary>
    Explained = 3,

    /// <summary>A later message says the same and more.</summary>
    Replaced = 4,

    /// <summary>The recipient may not see the alarm.</summary>
    NotAllowed = 5,

    /// <summary>The channel or the recipient is not there any more.</summary>
    Removed = 6,

    /// <summary>Somebody else was on duty when it was to be sent, and is told instead.</summary>
    OffDuty = 7,

    /// <summary>The recipient has no device on which messages are turned on.</summary>
    NoDevice = 8,

    /// <summary>It waited in a restored or copied portal, and somebody said that it is not sent.</summary>
    Dropped = 9,
}
