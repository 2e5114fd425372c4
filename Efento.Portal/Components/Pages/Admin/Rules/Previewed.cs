using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>What a preview found.</summary>
/// <param name="Draft">The rule.</param>
/// <param name="PointId">The only measuring point that was judged; null if all of the rule's place were.</param>
/// <param name="Channels">The channels that were judged.</param>
/// <param name="Alarms">The alarms that the rule would have raised, newest first.</param>
public sealed record Previewed(
    RuleDraft Draft, int? PointId, IReadOnlyList<(int PointId, byte Channel, MeasurementType Type)> Channels,
    IReadOnlyList<PreviewedAlarm> Alarms)
{
    /// <summary>How many measuring points were judged.</summary>
    public int Points { get; } = Channels.DistinctBy(c => c.PointId).Count();

    /// <summary>What it found at one point; null if that was not judged.</summary>
    /// <param name="pointId">The point; null for all of the rule's place.</param>
    public Previewed? At(int? pointId) =>
        pointId == PointId ? this
        : PointId is not null || Channels.All(c => c.PointId != pointId) ? null
        : new(
            Draft, pointId, [.. Channels.Where(c => c.PointId == pointId)], [.. Alarms.Where(a => a.PointId == pointId)]);
}
