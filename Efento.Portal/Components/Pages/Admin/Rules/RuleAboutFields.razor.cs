using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The fields that say what a rule watches, and where.</summary>
public sealed partial class RuleAboutFields
{
    /// <summary>The rule.</summary>
    [Parameter, EditorRequired]
    public RuleForm Form { get; set; } = null!;

    /// <summary>The site.</summary>
    [Parameter, EditorRequired]
    public RuleSite Site { get; set; } = null!;

    /// <summary>Tells what is wrong with a field, in words.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?> FaultOf { get; set; } = _ => null;

    /// <summary>Told when something is chosen: the other fields depend on it.</summary>
    [Parameter, EditorRequired]
    public EventCallback Changed { get; set; }

    private RuleShape Shape => Form.Shape;

    private IReadOnlyList<byte>? Channels => Form.Place.PointId is { } point
        ? [.. Site.ChannelsOf(point).Where(c => Form.Type is null || c.Type.Key == Form.Type).Select(c => c.Channel).Distinct()]
        : null;

    private string? EventFault => FaultOf("event");

    private string? PlaceFault => FaultOf("place");

    private string? ChannelFault => FaultOf("place.channel");

    private string? TypeFault => FaultOf("type");

    private Task SetKindAsync(RuleKind kind)
    {
        Form.Kind = kind;
        return SetTypeAsync(Shape.Subjects is { } subjects ? subjects[0]
            : !Shape.IsOfChannel || !Shape.NeedsType ? null
            : Site.TypesFor(kind, Form.Place) is [var first, ..] ? first.Key : null);
    }

    private Task SetTypeAsync(string? type)
    {
        Form.Type = type;
        return Changed.InvokeAsync();
    }

    private Task SetPlaceAsync(RulePlace? place)
    {
        Form.Place = place ?? Form.Place;
        return Changed.InvokeAsync();
    }

    private Task<IEnumerable<RulePlace>> FindPlacesAsync(string? text, CancellationToken cancellationToken) => Task.FromResult(
        Places().Where(p => string.IsNullOrWhiteSpace(text) || text == Site.NameOf(Form.Place)
            || Site.NameOf(p).Contains(text, StringComparison.CurrentCultureIgnoreCase)));

    private IEnumerable<RulePlace> Places() =>
    [
        RulePlace.Site,
        .. Site.Locations.All.Select(l => new RulePlace { LocationId = l.Id }),
        .. Site.Points.Select(p => new RulePlace { PointId = p.Id }),
    ];

    private static string TypeName(string? key)
    {
        if (key is null)
        {
            return RulesPageText.EveryType;
        }

        var type = MeasurementTypes.Get(key);
        var label = MeasurementWords.Label(type);
        return MeasurementTypes.All.Count(t => MeasurementWords.Label(t) == label) > 1 ? $"{label} ({type.Name})" : label;
    }
}
