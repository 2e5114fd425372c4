using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>What the page of the rules shows: the rules, the places, and what is measured there.</summary>
/// <param name="Book">The rules.</param>
/// <param name="Locations">The locations.</param>
/// <param name="Points">The measuring points in use.</param>
/// <param name="Channels">What is measured at each point.</param>
/// <param name="NowMs">When it was read, Unix ms.</param>
public sealed record RuleSite(
    RuleBook Book, LocationTree Locations, IReadOnlyList<PlacedPoint> Points,
    ILookup<int, (byte Channel, MeasurementType Type)> Channels, long NowMs)
{
    /// <summary>What a point measures.</summary>
    public IReadOnlyList<(byte Channel, MeasurementType Type)> ChannelsOf(int pointId) => [.. Channels[pointId]];

    /// <summary>A point; null if it is not in use.</summary>
    public PlacedPoint? PointOf(int? id) => Points.FirstOrDefault(p => p.Id == id);

    /// <summary>The name of a place, with the locations around it.</summary>
    public string NameOf(RulePlace place) => place switch
    {
        { LocationId: { } location } => Locations.Find(location)?.Path ?? RulesPageText.GonePlace,
        { PointId: { } id } when PointOf(id) is { } point => Locations.Find(point.LocationId) is { } around
            ? around.Path + LocationTree.Separator + point.Name
            : point.Name,
        { PointId: not null } => RulesPageText.GonePlace,
        { Serial: { } serial } => serial,
        _ => RulesPageText.WholeSite,
    };

    /// <summary>The points in a place.</summary>
    public IEnumerable<PlacedPoint> PointsIn(RulePlace place) => place switch
    {
        { LocationId: { } location } => Points.Where(p => Locations.IsWithin(p.LocationId, [location])),
        { PointId: { } id } => Points.Where(p => p.Id == id),
        { Serial: not null } => [],
        _ => Points,
    };

    /// <summary>The types that are measured in a place.</summary>
    public IEnumerable<MeasurementType> TypesAt(RulePlace place) => PointsIn(place).SelectMany(p => Channels[p.Id])
        .Where(c => place.Channel is null || place.Channel == c.Channel).Select(c => c.Type).DistinctBy(t => t.Key);

    /// <summary>The channels that a draft is about; one of each point if it is about the whole logger.</summary>
    public IReadOnlyList<(int PointId, byte Channel, MeasurementType Type)> ChannelsFor(RuleDraft draft)
    {
        var all =
            from point in PointsIn(draft.Place)
            from channel in Channels[point.Id]
            where (draft.Type is null || draft.Type == channel.Type.Key) && (draft.Place.Channel ?? channel.Channel) == channel.Channel
            select (point.Id, channel.Channel, channel.Type);
        return [.. draft.Kind is RuleKind.Signal ? all.DistinctBy(c => c.Id) : all];
    }

    /// <summary>The types that a rule can be about, those that are measured at its place first.</summary>
    public IReadOnlyList<MeasurementType> TypesFor(RuleKind kind, RulePlace place) =>
    [
        .. TypesAt(place)
            .Concat(MeasurementTypes.All.OrderBy(MeasurementWords.Label, StringComparer.CurrentCultureIgnoreCase))
            .DistinctBy(t => t.Key).Where(t => !t.IsKnown || AppliedRules.KindsOf(t).Contains(kind)),
    ];
}
