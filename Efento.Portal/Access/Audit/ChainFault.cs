namespace Efento.Portal.Access.Audit;

/// <summary>What is wrong with the audit trail's chain. <see cref="AccessWords"/> puts it into words.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Entry">The entry it is about, counted from 1; 0 if it is about none.</param>
/// <param name="Kept">The number of entries that was noted earlier; 0 if the kind does not need it.</param>
/// <param name="Trigger">The trigger that is missing; empty if the kind does not need it.</param>
public sealed record ChainFault(ChainFaultKind Kind, long Entry = 0, long Kept = 0, string Trigger = "");

/// <summary>What can be wrong with the audit trail's chain.</summary>
public enum ChainFaultKind
{
    /// <summary>No entry has the hash that was noted.</summary>
    CutOff,

    /// <summary>The entry comes before the first one.</summary>
    EntryAdded,

    /// <summary>The entry is not as it was written.</summary>
    EntryAltered,

    /// <summary>The entry is missing.</summary>
    EntryMissing,

    /// <summary>The entry does not follow the one before it.</summary>
    EntryReplaced,

    /// <summary>There are fewer entries than were noted; the entry is the first that is missing.</summary>
    KeptMissing,

    /// <summary>The entry does not have the hash that was noted.</summary>
    KeptReplaced,

    /// <summary>A trigger is missing, so the database would allow changes of entries.</summary>
    Unguarded,
}
