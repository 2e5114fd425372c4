using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Tests.Alarms.Rules;

public sealed class RuleBookTests
{
    private const string Temperature = "temperature";
    private const int Ward = 2;
    private const int Hospital = 1;
    private const int Fridge = 7;

    private static readonly PointPlace InWard = Place(long.MinValue, "2 1");

    private int _ids;

    [Fact]
    public void TimelineOf_RulesAtEveryPlace_IsTheNearest()
    {
        var site = Rule("site");
        var hospital = Rule("hospital", locationId: Hospital);
        var ward = Rule("ward", locationId: Ward);
        var point = Rule("point", pointId: Fridge);
        var channel = Rule("channel", pointId: Fridge, channel: 2);
        AlarmRule[] all = [site, hospital, ward, point, channel];

        Assert.Equal("channel", KeyOf(all, channel: 2));
        Assert.Equal("point", KeyOf(all));
        Assert.Equal("ward", KeyOf([site, hospital, ward, channel]));
        Assert.Equal("hospital", KeyOf([site, hospital]));
        Assert.Equal("site", KeyOf([site]));
        Assert.Null(KeyOf([Rule("elsewhere", locationId: 9), Rule("other", pointId: 8)]));
    }

    [Fact]
    public void TimelineOf_RuleForEveryTypeAtTheSamePlace_GivesWayToTheOneWithTheType()
    {
        var every = Rule("every", type: null, locationId: Ward);
        var typed = Rule("typed", locationId: Ward);

        Assert.Equal("typed", KeyOf([every, typed]));
        Assert.Equal("every", KeyOf([every, Rule("humid", type: "humidity", locationId: Ward)]));
        Assert.Equal("near", KeyOf([typed, Rule("near", type: null, pointId: Fridge)]));
    }

    [Fact]
    public void TimelineOf_OtherKind_HasNoPart() =>
        Assert.Null(BookOf([Rule("silence", type: null, kind: RuleKind.Silence)]).TimelineOf(Fridge, 1, Temperature, RuleKind.Limits)[^1].Rule);

    [Fact]
    public void TimelineOf_Versions_AreInForceFromTheirTimesOn()
    {
        var first = Rule("fridges", fromMs: 1000, untilMs: 5000);
        var second = Rule("fridges", fromMs: 5000, untilMs: 9000);

        Assert.Equal(
            [(long.MinValue, null), (1000, first.Id), (5000, second.Id), (9000, null)],
            Timeline(BookOf([first, second])));
    }

    [Fact]
    public void TimelineOf_VersionReplacedFromItsOwnBeginOrEarlier_WasNeverInForce()
    {
        var replaced = Rule("fridges", fromMs: 5000, untilMs: 3000);
        var replacing = Rule("fridges", fromMs: 3000);

        Assert.Equal([(long.MinValue, null), (3000, replacing.Id)], Timeline(BookOf([replaced, replacing])));
    }

    [Fact]
    public void TimelineOf_NearestIsSwitchedOff_IsNothing()
    {
        var site = Rule("site");
        var off = Rule("off", locationId: Ward, fromMs: 2000, isEnabled: false);
        var book = BookOf([site, off]);

        Assert.Equal([(long.MinValue, site.Id), (2000, null)], Timeline(book));
        Assert.Equal("off", book.NearestTo(Fridge, 1, Temperature, RuleKind.Limits, 2000)?.Rule.Key);
        Assert.Equal(Ward, book.NearestTo(Fridge, 1, Temperature, RuleKind.Limits, 2000)?.LocationId);
        Assert.True(book.NearestTo(Fridge, 1, Temperature, RuleKind.Limits, 1999)?.IsOfSite);
    }

    [Fact]
    public void TimelineOf_PointThatMovedAndWasHeld_FollowsIt()
    {
        var hospital = Rule("hospital", locationId: Hospital);
        var ward = Rule("ward", locationId: Ward, fromMs: 100);
        var book = BookOf(
            [hospital, ward],
            Place(long.MinValue, "", isJudged: false), Place(1000, ""), Place(2000, "1"), Place(3000, "2 1"), Place(4000, "2 1", isJudged: false));

        Assert.Equal([(long.MinValue, null), (2000, hospital.Id), (3000, ward.Id), (4000, null)], Timeline(book));
        Assert.Equal("ward", book.NearestTo(Fridge, 1, Temperature, RuleKind.Limits, 4500)?.Rule.Key);
    }

    [Fact]
    public void TimelineOf_PointThatMovedWithARuleOfItsOwn_KeepsItThere()
    {
        var ward = Rule("ward", locationId: Ward);
        var own = Rule("own", pointId: Fridge, fromMs: 500, untilMs: 2500);
        var book = BookOf([ward, own], Place(long.MinValue, "2 1"), Place(2000, "2"), Place(2600, ""));

        Assert.Equal([(long.MinValue, ward.Id), (500, own.Id), (2500, ward.Id), (2600, null)], Timeline(book));
    }

    [Fact]
    public void TimelineOf_UnknownPoint_IsNothing() =>
        Assert.Equal([(long.MinValue, null)], Timeline(new RuleBook(1, [Rule("site")], [])));

    [Fact]
    public void TimelineOf_RuleThatWaitsForItsLogger_AppliesToNothing()
    {
        var waiting = new AlarmRule
        {
            Key = "waits",
            Version = 1,
            Kind = RuleKind.Limits,
            Type = Temperature,
            Serial = "282C00000009",
            Conditions = new(null, null),
            IsEnabled = true,
            FromMs = long.MinValue,
            MadeUtc = default,
            MadeBy = "",
        };

        Assert.Null(KeyOf([waiting]));
    }

    [Fact]
    public void TimelineOfSite_Subjects_AreApart()
    {
        var offline = Rule("offline", type: RuleSubjects.Offline, kind: RuleKind.Gateway);
        var book = BookOf([offline, Rule("battery", type: RuleSubjects.LowBattery, kind: RuleKind.Gateway)]);

        Assert.Equal(offline, Assert.Single(book.TimelineOfSite(RuleKind.Gateway, RuleSubjects.Offline)).Rule);
        Assert.Null(Assert.Single(book.TimelineOfSite(RuleKind.Gateway, RuleSubjects.Restarted)).Rule);
    }

    [Fact]
    public void TimelineOf_PointsOfOneLocation_ShareTheirTimeline()
    {
        var book = new RuleBook(1, [Rule("ward", locationId: Ward)], [InWard, Place(long.MinValue, "2 1", pointId: 8)]);

        Assert.Same(book.TimelineOf(Fridge, 1, Temperature, RuleKind.Limits), book.TimelineOf(8, 3, Temperature, RuleKind.Limits));
    }

    private static string? KeyOf(AlarmRule[] rules, byte channel = 1) =>
        BookOf(rules).TimelineOf(Fridge, channel, Temperature, RuleKind.Limits)[^1].Rule?.Key;

    private static IEnumerable<(long FromMs, int? Rule)> Timeline(RuleBook book) =>
        book.TimelineOf(Fridge, 1, Temperature, RuleKind.Limits).Select(p => (p.FromMs, p.Rule?.Id));

    private static RuleBook BookOf(AlarmRule[] rules, params PointPlace[] places) => new(1, rules, places is [] ? [InWard] : places);

    private static PointPlace Place(long fromMs, string path, bool isJudged = true, int pointId = Fridge) =>
        new() { PointId = pointId, FromMs = fromMs, Path = path, IsJudged = isJudged };

    private AlarmRule Rule(
        string key, string? type = Temperature, RuleKind kind = RuleKind.Limits, int? locationId = null, int? pointId = null,
        byte? channel = null, long fromMs = long.MinValue, long untilMs = long.MaxValue, bool isEnabled = true) => new()
        {
            Id = ++_ids,
            Key = key,
            Version = 1,
            Kind = kind,
            Type = type,
            LocationId = locationId,
            PointId = pointId,
            Channel = channel,
            Conditions = new(null, null),
            IsEnabled = isEnabled,
            FromMs = fromMs,
            UntilMs = untilMs,
            MadeUtc = default,
            MadeBy = "",
        };
}
