using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Timeline;

/// <summary>Something that happened at a measuring point or to what measures there.</summary>
/// <param name="FromUtc">When, or from when on.</param>
/// <param name="UntilUtc">Until when; the same where it is a moment.</param>
public abstract record PointEvent(DateTimeOffset FromUtc, DateTimeOffset UntilUtc);

/// <summary>Values are missing; of <see cref="GapCause.NoValue"/> it is a sensor error.</summary>
/// <param name="FromUtc">The last value before; the begin of the range where it lies before that.</param>
/// <param name="UntilUtc">The first value after; the end of the range where none came.</param>
/// <param name="Cause">Why.</param>
/// <param name="Channels">Of which channels.</param>
public sealed record GapEvent(DateTimeOffset FromUtc, DateTimeOffset UntilUtc, GapCause Cause, IReadOnlyList<PointChannel> Channels) : PointEvent(FromUtc, UntilUtc)
{
    /// <summary>Whether a value came after it within the range.</summary>
    public bool IsOver { get; init; } = true;
}

/// <summary>What was measured then came late (<see cref="Measurements.Ranges.LateRule"/>).</summary>
/// <param name="FromUtc">From when on.</param>
/// <param name="UntilUtc">Until when.</param>
/// <param name="Channels">Of which channels.</param>
public sealed record LateEvent(DateTimeOffset FromUtc, DateTimeOffset UntilUtc, IReadOnlyList<PointChannel> Channels) : PointEvent(FromUtc, UntilUtc);

/// <summary>More than one value came for one time: one stands, the others are kept beside it.</summary>
/// <param name="AtUtc">When they were measured.</param>
/// <param name="Values">The values that do not stand, in the unit of the type.</param>
/// <param name="Channels">Of which channel.</param>
public sealed record ConflictEvent(DateTimeOffset AtUtc, IReadOnlyList<double> Values, IReadOnlyList<PointChannel> Channels) : PointEvent(AtUtc, AtUtc);

/// <summary>Another logger took over.</summary>
/// <param name="AtUtc">From when on, by the time measured.</param>
/// <param name="Before">The serial of the logger before.</param>
/// <param name="After">The serial of the logger after.</param>
public sealed record ReplacementEvent(DateTimeOffset AtUtc, string Before, string After) : PointEvent(AtUtc, AtUtc);

/// <summary>The logger's battery ran low, or is in order again.</summary>
/// <param name="AtUtc">Since the record of then.</param>
/// <param name="IsLow">Whether it is low.</param>
public sealed record BatteryEvent(DateTimeOffset AtUtc, bool IsLow) : PointEvent(AtUtc, AtUtc);

/// <summary>The logger measures at another interval.</summary>
/// <param name="AtUtc">Since the record of then.</param>
/// <param name="BeforeSeconds">The interval before, in seconds.</param>
/// <param name="AfterSeconds">The interval since, in seconds.</param>
public sealed record IntervalEvent(DateTimeOffset AtUtc, int BeforeSeconds, int AfterSeconds) : PointEvent(AtUtc, AtUtc);

/// <summary>Somebody set the logger to Y or N.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Synchronise">Y (true) or N from then on.</param>
public sealed record SynchroniseEvent(DateTimeOffset AtUtc, bool Synchronise) : PointEvent(AtUtc, AtUtc);

/// <summary>Somebody changed the point itself.</summary>
/// <param name="AtUtc">When.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="By">Who did, as the audit trail names them.</param>
/// <param name="Old">What it was before; null where nothing is to be said of it.</param>
/// <param name="New">What it is since then.</param>
public sealed record DecisionEvent(DateTimeOffset AtUtc, PointDecision Decision, string By, string? Old, string? New) : PointEvent(AtUtc, AtUtc);

/// <summary>Somebody wrote something down.</summary>
/// <param name="Note">The note.</param>
public sealed record NoteEvent(PointNote Note) : PointEvent(Note.AtUtc, Note.AtUtc);

/// <summary>The portal asked gateways to come later.</summary>
/// <param name="Window">The window.</param>
public sealed record MaintenanceEvent(MaintenanceWindow Window) : PointEvent(Window.FromUtc, Window.UntilUtc);

/// <summary>What is decided about a point.</summary>
public enum PointDecision
{
    /// <summary>It got another name or place.</summary>
    Renamed,

    /// <summary>It was put into a location.</summary>
    Placed,

    /// <summary>It was retired.</summary>
    Retired,

    /// <summary>It was brought back into use.</summary>
    BroughtBack,
}
