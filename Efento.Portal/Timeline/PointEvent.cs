using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Timeline;

/// <summary>Something that happened at a measuring point or to what measures there.</summary>
/// <param name="FromUtc">The begin, or the moment.</param>
/// <param name="UntilUtc">The end; equal to the begin for a moment.</param>
public abstract record PointEvent(DateTimeOffset FromUtc, DateTimeOffset UntilUtc);

/// <summary>Values are missing. With <see cref="GapCause.NoValue"/> it is a sensor error.</summary>
/// <param name="FromUtc">The time of the last value before; the begin of the range if that value lies before the range.</param>
/// <param name="UntilUtc">The time of the first value after; the end of the range if none came.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Channels">The channels concerned.</param>
internal sealed record GapEvent(
    DateTimeOffset FromUtc, DateTimeOffset UntilUtc, GapCause Cause, IReadOnlyList<PointChannel> Channels) : PointEvent(FromUtc, UntilUtc)
{
    /// <summary>Whether a value came after it within the range.</summary>
    public bool IsOver { get; init; } = true;
}

/// <summary>Readings of that time came late (<see cref="History.LateRule"/>).</summary>
/// <param name="FromUtc">The begin.</param>
/// <param name="UntilUtc">The end.</param>
/// <param name="Channels">The channels concerned.</param>
internal sealed record LateEvent(
    DateTimeOffset FromUtc, DateTimeOffset UntilUtc, IReadOnlyList<PointChannel> Channels) : PointEvent(FromUtc, UntilUtc);

/// <summary>More than one value came for one time. One is stored as the reading; the others are kept as conflicts.</summary>
/// <param name="AtUtc">When they were measured.</param>
/// <param name="Values">The conflicting values, in the unit of the type.</param>
/// <param name="Channels">The channel concerned.</param>
internal sealed record ConflictEvent(
    DateTimeOffset AtUtc, IReadOnlyList<double> Values, IReadOnlyList<PointChannel> Channels) : PointEvent(AtUtc, AtUtc);

/// <summary>Another logger took over.</summary>
/// <param name="AtUtc">When the new logger took over, by the time measured.</param>
/// <param name="Before">The serial of the logger before.</param>
/// <param name="After">The serial of the logger after.</param>
internal sealed record ReplacementEvent(DateTimeOffset AtUtc, string Before, string After) : PointEvent(AtUtc, AtUtc);

/// <summary>The logger's battery ran low, or is in order again.</summary>
/// <param name="AtUtc">When the first record with the change was measured.</param>
/// <param name="IsLow">Whether it is low.</param>
internal sealed record BatteryEvent(DateTimeOffset AtUtc, bool IsLow) : PointEvent(AtUtc, AtUtc);

/// <summary>The logger measures at another interval.</summary>
/// <param name="AtUtc">When the first record with the change was measured.</param>
/// <param name="BeforeSeconds">The interval before, in seconds.</param>
/// <param name="AfterSeconds">The interval since, in seconds.</param>
internal sealed record IntervalEvent(DateTimeOffset AtUtc, int BeforeSeconds, int AfterSeconds) : PointEvent(AtUtc, AtUtc);

/// <summary>A user set the logger to Y or N.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="Synchronise">Y (true) or N from then on.</param>
internal sealed record SynchroniseEvent(DateTimeOffset AtUtc, bool Synchronise) : PointEvent(AtUtc, AtUtc);

/// <summary>A user changed the point itself.</summary>
/// <param name="AtUtc">The time.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="By">Who decided, as written in the audit trail.</param>
/// <param name="Old">The old value; null if there is none to show.</param>
/// <param name="New">The new value.</param>
internal sealed record DecisionEvent(
    DateTimeOffset AtUtc, PointDecision Decision, string By, string? Old, string? New) : PointEvent(AtUtc, AtUtc);

/// <summary>A user wrote a note.</summary>
/// <param name="Note">The note.</param>
internal sealed record NoteEvent(PointNote Note) : PointEvent(Note.AtUtc, Note.AtUtc);

/// <summary>The portal was under maintenance and asked gateways to come later.</summary>
/// <param name="Window">The window.</param>
internal sealed record MaintenanceEvent(MaintenanceWindow Window) : PointEvent(Window.FromUtc, Window.UntilUtc);

/// <summary>The kinds of decisions about a point.</summary>
internal enum PointDecision
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
