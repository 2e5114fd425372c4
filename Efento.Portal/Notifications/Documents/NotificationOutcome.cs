namespace Efento.Portal.Notifications.Documents;

/// <summary>What came of an import. If there is a fault, nothing was changed.</summary>
/// <param name="Faults">What is wrong.</param>
/// <param name="Changes">What was changed, or would be.</param>
/// <param name="Unheard">Who would be told nothing by a chain that names them.</param>
internal sealed record NotificationOutcome(
    IReadOnlyList<NotificationFault> Faults, IReadOnlyList<NotificationChange> Changes, IReadOnlyList<Unheard> Unheard)
{
    /// <summary>Whether it is done.</summary>
    public bool IsDone => Faults.Count == 0;
}

/// <summary>A change of a channel, a person or a chain.</summary>
/// <param name="What">What was done.</param>
/// <param name="Subject">To what, as the audit trail names it.</param>
/// <param name="Old">What it was, without secrets; null if it was not there.</param>
/// <param name="New">What it is, without secrets; null if it is no more.</param>
internal sealed record NotificationChange(NotificationChangeKind What, string Subject, string? Old, string? New)
{
    /// <summary>The change in one line.</summary>
    public string InWords() => $"{Subject}: {string.Join(" → ", new[] { Old, New }.OfType<string>().Distinct())}";

    /// <summary>What was done, as the audit trail says it.</summary>
    public string Action => What switch
    {
        NotificationChangeKind.Made => NotificationAudit.Made,
        NotificationChangeKind.Changed => NotificationAudit.Changed,
        _ => NotificationAudit.Removed,
    };
}

/// <summary>What can be done to a channel, a person or a chain.</summary>
internal enum NotificationChangeKind
{
    /// <summary>It is there now.</summary>
    Made,

    /// <summary>It is different now.</summary>
    Changed,

    /// <summary>It is there no more.</summary>
    Removed,
}

/// <summary>Somebody who would be told nothing by a chain that names them.</summary>
/// <param name="Address">The e-mail address.</param>
/// <param name="Chain">The key of the chain.</param>
/// <param name="Why">Why not.</param>
internal sealed record Unheard(string Address, string Chain, UnheardReason Why);

/// <summary>Why somebody would be told nothing.</summary>
internal enum UnheardReason
{
    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The account sees nothing at the place of the chain.</summary>
    SeesNothing,

    /// <summary>The chain tells them on their devices, and they have none.</summary>
    NoDevice,
}

/// <summary>What the audit trail says of changes of notifications.</summary>
internal static class NotificationAudit
{
    /// <summary>A channel, person or chain was made.</summary>
    public const string Made = "notification made";

    /// <summary>A channel, person or chain was changed.</summary>
    public const string Changed = "notification changed";

    /// <summary>A channel, person or chain was removed.</summary>
    public const string Removed = "notification removed";

    /// <summary>A channel was switched off.</summary>
    public const string SwitchedOff = "channel switched off";

    /// <summary>A channel was switched on again.</summary>
    public const string SwitchedOn = "channel switched on";

    /// <summary>A test message was sent through a channel.</summary>
    public const string Tested = "channel tested";

    /// <summary>A message that had failed was queued again.</summary>
    public const string Replayed = "delivery sent again";
}
