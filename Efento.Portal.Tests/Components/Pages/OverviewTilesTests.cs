using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewTilesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Order_Trouble_ComesFirst()
    {
        LoggerOverview[] loggers =
        [
            Logger("a well", minutesAgo: 1),
            Logger("b ahead", minutesAgo: 1) with { IsClockAhead = true },
            Logger("c late", minutesAgo: 6),
            Logger("d silent", minutesAgo: 60),
            Logger("e failed", minutesAgo: 1, status: ReadingStatus.Error),
        ];

        Assert.Equal(["d silent", "c late", "b ahead", "e failed", "a well"], Names(OverviewTiles.Of(loggers, null, Now)));
    }

    [Fact]
    public void Order_SilentByChoice_IsNoTrouble() =>
        Assert.Equal(
            ["a well", "b not synchronised"],
            Names(OverviewTiles.Of([Logger("b not synchronised", minutesAgo: 60) with { Synchronise = false, Freshness = LoggerFreshness.NotAwaited(null) }, Logger("a well", minutesAgo: 1)], null, Now)));

    [Fact]
    public void Order_LateInAMaintenance_IsNoTrouble()
    {
        var maintenance = new MaintenanceWindow { Reason = "", FromUtc = Now.AddMinutes(-5), UntilUtc = Now.AddHours(1) };

        Assert.Equal(
            ["c silent", "a well", "b late"],
            Names(OverviewTiles.Of([Logger("b late", minutesAgo: 6), Logger("a well", minutesAgo: 1), Logger("c silent", minutesAgo: 60)], maintenance, Now)));
    }

    [Fact]
    public void Tiles_SameLoggersTwice_AreEqual() =>
        Assert.Equal(OverviewTiles.Of([Logger("a", minutesAgo: 1)], null, Now), OverviewTiles.Of([Logger("a", minutesAgo: 1)], null, Now));

    [Fact]
    public void NextTurn_Loggers_IsTheFirstToGetLateOrSilent() =>
        Assert.Equal(
            Now.AddMinutes(5),
            OverviewTiles.NextTurnUtc([Logger("a", minutesAgo: 1), Logger("b", minutesAgo: 6), Logger("c", minutesAgo: 60)], Now));

    [Fact]
    public void NextTurn_AllSilent_IsNone() => Assert.Null(OverviewTiles.NextTurnUtc([Logger("c", minutesAgo: 60)], Now));

    [Fact]
    public void Value_ChannelThatComesNoMore_HasItsOwnAge()
    {
        var logger = Logger("a", minutesAgo: 1);
        var old = new SeriesOverview(2, 2, MeasurementTypes.Get("humidity"), new Reading(Now.AddHours(-3).ToUnixTimeMilliseconds(), 50, ReadingStatus.Valid, ReadingFlags.None, 0));

        var values = OverviewTiles.Of([logger with { Series = [.. logger.Series, old] }], null, Now).Single().Values;

        Assert.Equal([null, Now.AddHours(-3)], values.Select(v => v.LeftBehindUtc));
    }

    private static IEnumerable<string> Names(IEnumerable<Efento.Portal.Components.Controls.LoggerTileModel> tiles) => tiles.Select(t => t.Name);

    /// <summary>A logger that measures every 4 minutes: late after 6, silent after 12.</summary>
    private static LoggerOverview Logger(string name, int minutesAgo, ReadingStatus status = ReadingStatus.Valid)
    {
        var measuredAt = Now.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds();
        return new()
        {
            Id = 1,
            Serial = "282C024FFFB2",
            PointName = name,
            Approval = LoggerApproval.Accepted,
            Synchronise = true,
            FirstSeenUtc = Now.AddDays(-1),
            Freshness = LoggerFreshness.Of(new LoggerContact(measuredAt, 240, 0, null, null, 0, null), null),
            Series = [new SeriesOverview(1, 1, MeasurementTypes.Get("temperature"), new Reading(measuredAt, status is ReadingStatus.Error ? null : 4.5, status, ReadingFlags.None, 0))],
        };
    }
}
