namespace Efento.Portal.Devices.Administration;

/// <summary>What setting Y or N would change.</summary>
/// <param name="Synchronise">Y or N.</param>
/// <param name="Changes">The loggers it changes, by name.</param>
/// <param name="LeftAlone">The loggers it does not, by name.</param>
public sealed record FlagPreview(bool Synchronise, IReadOnlyList<FlagChange> Changes, IReadOnlyList<UnchangedFlag> LeftAlone);

/// <summary>A logger whose flag is changed.</summary>
/// <param name="Logger">The logger as the user saw it.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">Y or N before.</param>
/// <param name="To">Y or N after.</param>
public sealed record FlagChange(Seen Logger, string Serial, string Name, bool From, bool To);

/// <summary>A logger whose flag stays.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why it stays.</param>
public sealed record UnchangedFlag(string Serial, string Name, UnchangedFlagReason Why);

/// <summary>Why a logger's flag stays.</summary>
public enum UnchangedFlagReason
{
    /// <summary>It is set that way already.</summary>
    Already,

    /// <summary>It stays Y until a user decides whether the logger belongs here, so that no measurement is lost in the meantime.</summary>
    Held,

    /// <summary>It stays N until a user approves the logger.</summary>
    Refused,
}
