using System.Security.Claims;
using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Timeline;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class EventListTests : PortalPageContext
{
    private static readonly MeasurementType Temperature = MeasurementTypes.Find("temperature"u8)!;
    private static readonly MeasurementType Humidity = MeasurementTypes.Find("humidity"u8)!;

    [Fact]
    public void Event_OfEachKind_HasSignWordAndDetail()
    {
        PointEvent[] events =
        [
            Note(1, "Door repaired"),
            new GapEvent(Noon, Noon.AddHours(2), GapCause.NoValue, [new(1, Temperature)]),
            new GapEvent(Noon, Noon.AddHours(3), GapCause.GatewayOffline, [new(1, Temperature), new(2, Humidity)]),
            new LateEvent(Noon, Noon.AddHours(1), [new(1, Temperature), new(2, Humidity)]),
            new ReplacementEvent(Noon, "A", "B"),
            new BatteryEvent(Noon, IsLow: true),
            new IntervalEvent(Noon, 180, 600),
            new SynchroniseEvent(Noon, Synchronise: false),
            new DecisionEvent(Noon, PointDecision.Renamed, "anna@portal.test", "A", "Fridge"),
        ];

        var list = Show(events);

        Assert.Equal(events.Length, list.FindAll("li .sign").Count);
        Assert.Equal(
            [
                "Note Door repaired", "Sensor error 2 h · Temperature", "Gap gateway offline, 3 h", "Received later 1 h",
                "Logger replaced B took over from A", "Battery low",
                "Interval changed 3 min → 10 min", "Set to N gateways discard the measurements of this logger",
                "Point renamed A → Fridge",
            ],
            list.FindAll("li .what p:first-child").Select(p => p.TextContent.Trim()));
    }

    [Fact]
    public async Task Pages_OfManyEvents_LeadBothWays()
    {
        var list = Show([.. Enumerable.Range(1, 30).Select(i => Note(i, $"note {i}"))]);

        await list.ClickAsync(".pager button", 1);
        Assert.Equal("note 13", list.Find(".detail").TextContent);
        Assert.Equal("13 to 24 of 30", list.Find(".pager span").TextContent.Trim());
        await list.ClickAsync(".pager button", 0);

        Assert.Equal("note 1", list.Find(".detail").TextContent);
    }

    [Fact]
    public void Note_OfSomebodyElse_IsNotOfferedToAnOperator()
    {
        Person.SetPolicies(Policies.View, Policies.Operate);
        Person.SetClaims(new Claim(ClaimTypes.Name, "berta@portal.test"), new Claim(ClaimTypes.NameIdentifier, "12"));

        var list = Show([Note(1, "theirs", writer: 12), Note(2, "another's", writer: 13)]);

        Assert.Equal(
            ["theirs"],
            list.FindAll("li").Where(
                li => li.QuerySelector("[aria-label='Change the note']") is not null).Select(
                    li => li.QuerySelector(".detail")!.TextContent));
    }

    [Fact]
    public void Note_OfWhoeverOnlyLooks_IsReadAlone()
    {
        var list = Render<EventList>(
            p => p.Add(l => l.PointId, 1).Add(l => l.Events, [Note(1, "Door repaired")]).Add(l => l.MayNote, false));

        Assert.Empty(list.FindAll(".add, [aria-label='Change the note']"));
        Assert.Equal("Door repaired", list.Find(".detail").TextContent);
    }

    [Fact]
    public void Events_None_IsSaid() => Assert.Contains("No events in this period", Show([]).Markup, StringComparison.Ordinal);

    private static NoteEvent Note(int id, string text, int writer = 1) =>
        new(
            new PointNote { Id = id, PointId = 1, AtUtc = Noon, Text = text, WrittenBy = "anna@portal.test", WriterId = writer, WrittenUtc = Noon });

    private IRenderedComponent<EventList> Show(IReadOnlyList<PointEvent> events) => Render<EventList>(
        p => p.Add(l => l.PointId, 1)
            .Add(l => l.Events, events)
            .Add(l => l.MayNote, true)
            .Add(l => l.Channels, [new PointChannel(1, Temperature), new PointChannel(2, Humidity)]));
}
