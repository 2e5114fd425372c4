using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using static Efento.Portal.Tests.Components.Pages.OverviewLoggers;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewSectionTests
{
    private static readonly LocationTree Tree = new(
    [
        new Location { Id = 1, Name = "Hospital" },
        new Location { Id = 2, ParentId = 1, Name = "Pharmacy" },
        new Location { Id = 3, Name = "Archive", Position = 1 },
    ]);

    private static LoggerOverview[] Every =>
    [
        Logger("a well"),
        Logger("b ahead") with { IsClockAhead = true },
        Logger("c late", minutesAgo: 6),
        Logger("d silent", minutesAgo: 60),
        Logger("e failed", status: ReadingStatus.Error),
        Logger("g wet", minutesAgo: 60, value: 1, type: "flooding"),
        Logger("f not synchronised", minutesAgo: 60) with { Synchronise = false, Freshness = LoggerFreshness.NotAwaited(null) },
    ];

    private static LoggerOverview[] Alarms =>
    [
        Logger("x acknowledged") with { Alert = new(AlertLevel.None, true) },
        Logger("y warning") with { Alert = new(AlertLevel.Warning, false) },
        Logger("z critical", minutesAgo: 60) with { Alert = new(AlertLevel.Critical, true) },
    ];

    [Fact]
    public void Order_AtFirst_IsTroubleAndThenTheName() =>
        Assert.Equal(["g wet", "e failed", "d silent", "c late", "b ahead", "a well", "f not synchronised"], Names(Every));

    [Fact]
    public void Order_OfAlarms_IsTheirLevelBeforeEverythingElse() =>
        Assert.Equal(
            ["z critical", "y warning", "g wet", "e failed", "d silent", "c late", "b ahead", "x acknowledged", "a well", "f not synchronised"],
            Names([.. Every, .. Alarms]));

    [Theory]
    [InlineData("critical", new[] { "z critical" })]
    [InlineData("warning", new[] { "y warning" })]
    [InlineData("acknowledged", new[] { "x acknowledged" })]
    [InlineData("trouble", new[] { "z critical", "y warning" })]
    [InlineData("inorder", new string[0])]
    public void Filter_OfAlarms_TakesThoseAlone(string filter, string[] names) => Assert.Equal(names, Names(Alarms, filter: filter));

    [Fact]
    public void Order_LateInAMaintenance_IsNoTrouble()
    {
        var maintenance = new MaintenanceWindow { Reason = "", FromUtc = Now.AddMinutes(-5), UntilUtc = Now.AddHours(1) };

        Assert.Equal(
            ["c silent", "a well", "b late"],
            Names([Logger("a well"), Logger("b late", minutesAgo: 6), Logger("c silent", minutesAgo: 60)], maintenance: maintenance));
    }

    [Theory]
    [InlineData("name", new[] { "a", "b", "c" })]
    [InlineData("value", new[] { "c", "a", "b" })]
    [InlineData("age", new[] { "b", "c", "a" })]
    public void Order_Chosen_IsFollowed(string sort, string[] names) =>
        Assert.Equal(names, Names([Logger("a", 1, value: 4), Logger("b", 3, value: -5), Logger("c", 2, value: 21)], sort: sort));

    [Theory]
    [InlineData("trouble", new[] { "g wet", "e failed", "d silent", "c late", "b ahead" })]
    [InlineData("alarm", new[] { "g wet" })]
    [InlineData("sensorerror", new[] { "e failed" })]
    [InlineData("late", new[] { "c late" })]
    [InlineData("silent", new[] { "d silent" })]
    [InlineData("remark", new[] { "b ahead" })]
    [InlineData("ontime", new[] { "a well" })]
    [InlineData("paused", new[] { "f not synchronised" })]
    public void Filter_Chosen_TakesThoseAlone(string filter, string[] names) => Assert.Equal(names, Names(Every, filter: filter));

    [Theory]
    [InlineData("pharm FRIDGE", new[] { "Fridge" })]
    [InlineData("4fffb2", new[] { "Fridge", "Shelf" })]
    [InlineData("nowhere", new string[0])]
    public void Search_EachWord_StandsInNameSerialOrPlace(string search, string[] names) =>
        Assert.Equal(names, Names([Logger("Fridge", at: Tree.Find(2)), Logger("Shelf", at: Tree.Find(3))], search: search));

    [Fact]
    public void Sections_AllInOrder_StandAsTheTree() =>
        Assert.Equal(
            ["Pharmacy", "Archive", null],
            Sections([Logger("a"), Logger("b", at: Tree.Find(3)), Logger("c", at: Tree.Find(2))]).Select(s => s.Name));

    [Fact]
    public void Section_OfALocationInAnother_NamesThatToo() =>
        Assert.Equal("Hospital", Assert.Single(Sections([Logger("a", at: Tree.Find(2))])).Parents);

    [Fact]
    public void Sections_OneInTrouble_ComesFirst() =>
        Assert.Equal(
            ["Archive", "Pharmacy"],
            Sections(
                [Logger("b", at: Tree.Find(2)), Logger("c", minutesAgo: 60, at: Tree.Find(3)), Logger("d", at: Tree.Find(3))]).Select(s =>
                    s.Name));

    [Fact]
    public void Sections_OrderedByName_StayAsTheTreeWhateverHappens() =>
        Assert.Equal(
            ["Pharmacy", "Archive"],
            Sections([Logger("b", at: Tree.Find(2)), Logger("c", minutesAgo: 60, at: Tree.Find(3))], sort: "name").Select(s => s.Name));

    [Fact]
    public void Section_Filtered_CountsAllOfIt()
    {
        var section = Assert.Single(Sections([Logger("a"), Logger("b", minutesAgo: 6)], filter: "ontime"));

        Assert.Equal((2, 1), (section.All.Count, section.Shown.Count));
    }

    private static IEnumerable<string> Names(
        IEnumerable<LoggerOverview> loggers, string? search = null, string? filter = null, string? sort = null,
        MaintenanceWindow? maintenance = null) =>
        Sections(loggers, search, filter, sort, maintenance).SelectMany(s => s.Shown).Select(p => p.Logger.PointName);

    private static IReadOnlyList<OverviewSection> Sections(
        IEnumerable<LoggerOverview> loggers, string? search = null, string? filter = null, string? sort = null,
        MaintenanceWindow? maintenance = null) =>
        OverviewSection.Of(
            loggers.Select(l => OverviewPoint.Of(l, maintenance, Now)), OverviewView.Of(search, filter, sort, null, null), Tree);
}
