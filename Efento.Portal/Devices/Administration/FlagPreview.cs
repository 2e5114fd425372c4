namespace Efento.Portal.Devices.Administration;

/// <summary>What setting Y or N will change, told before it is done.</summary>
/// <param name="Synchronise">Y or N.</param>
/// <param name="Changes">The loggers it changes, by name.</param>
/// <param name="LeftAlone">The loggers it does not, by name.</param>
public sealed record FlagPreview(bool Synchronise, IReadOnlyList<FlagChange> Changes, IReadOnlyList<FlagLeftAlone> LeftAlone);

/// <summary>A logger whose flag is changed.</summary>
/// <param name="Logger">The logger as it was looked at.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">What people call it.</param>
/// <param name="From">Y or N before.</param>
/// <param name="To">Y or N after.</param>
public sealed record FlagChange(Seen Logger, string Serial, string Name, bool From, bool To);

/// <summary>A logger whose flag stays.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Why">Why it stays.</param>
public sealed record FlagLeftAlone(string Serial, string Name, FlagLeftAloneReason Why);

/// <summary>Why a logger's flag stays.</summary>
public enum FlagLeftAloneReason
{
    /// <summary>It is what it shall be.</summary>
    Already,

    /// <summary>Y until somebody decides whether it belongs here, so that nothing is thrown away meanwhile.</summary>
    Held,

    /// <summary>N until somebody approves it.</summary>
    Refused,
}
