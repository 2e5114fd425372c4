using System.Data.Common;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Alarms.Rules;

public sealed class RuleServiceTests : RulesContext
{
    [Fact]
    public async Task SaveAsync_NewRule_IsInForceFromNowOnAndAudited()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await SaveAsync(Limits() with { Reason = "vaccines" });

        var rule = Assert.Single(Own);
        Assert.InRange(rule.FromMs, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal((1, Anna.Name, long.MaxValue), (rule.Version, rule.MadeBy, rule.UntilMs));
        Assert.Matches(
            @"^anna@portal.test\|alarm rule made\|rule fridges\|\|limits temperature at the whole site: critical below 2, above 8, for 15m, from 20.*\|vaccines$",
            Assert.Single(Audited(RuleAudit.Made)));
    }

    [Fact]
    public async Task SaveAsync_OtherConditions_AreAVersionThatFollowsTheFirst()
    {
        await SaveAsync(Limits());
        await SaveAsync(Limits(high: 6));

        var versions = Book.All.Where(r => r.Key == "fridges").ToList();
        Assert.Equal([1, 2], versions.Select(r => r.Version));
        Assert.Equal(versions[0].UntilMs, versions[1].FromMs);
        Assert.Contains("above 8", Assert.Single(Audited(RuleAudit.Changed)).Split('|')[3]);
        Assert.Contains("above 6", Assert.Single(Audited(RuleAudit.Changed)).Split('|')[4]);
    }

    [Fact]
    public async Task SaveAsync_NothingNew_IsNoVersion()
    {
        await SaveAsync(Limits());

        Assert.Empty(await SaveAsync(Limits() with { Type = "TEMPERATURE" }));

        Assert.Single(Book.All, r => r.Key == "fridges");
    }

    [Fact]
    public async Task SaveAsync_FromAnEarlierTime_EndsWhatWasInForceSince()
    {
        await SaveAsync(Limits());
        await SaveAsync(Limits(high: 7));

        var from = DateTimeOffset.UtcNow.AddDays(-3).ToUnixTimeMilliseconds();
        Assert.Empty((await Service.SaveAsync(Anna, [Limits(high: 6)], from)).Faults);

        var inForce = Book.TimelineOfSite(RuleKind.Limits, "temperature");
        Assert.Equal([(long.MinValue, null), (from, 3)], inForce.Select(p => (p.FromMs, p.Rule?.Version)));
        Assert.All(Book.All.Where(r => r is { Key: "fridges", Version: < 3 }), r => Assert.Equal(from, r.UntilMs));
    }

    [Fact]
    public async Task SaveAsync_FromATimeToCome_IsRefused() => Assert.Equal(
        RuleFaultKind.FromAhead,
        Assert.Single((await Service.SaveAsync(Anna, [Limits()], DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())).Faults).Kind);

    [Fact]
    public async Task SaveAsync_OneOfTwoIsWrong_ChangesNothing()
    {
        Assert.Equal(["rules[1].critical.low LowAboveHigh"], await FaultsAsync(Limits(place: new() { Path = ["Depot"] }), Limits("x", low: 9)));

        Assert.Empty(Own);
        Assert.Equal(0, Portal.Database.Count("location"));
        Assert.Empty(Audited(RuleAudit.Made));
    }

    [Fact]
    public async Task SaveAsync_AuditFails_ChangesNothing()
    {
        BreakAudit();

        var thrown = await Assert.ThrowsAnyAsync<DbException>(() => Service.SaveAsync(Anna, [Limits()]));
        Assert.NotNull(StoreFault.Of(thrown));

        Assert.Equal(0, Portal.Database.Scalar<int>("SELECT count(*) FROM alarm_rule WHERE key = 'fridges'"));
    }

    [Fact]
    public async Task SaveAsync_ChangedMeanwhile_IsToldAndOverwritesNothing()
    {
        await SaveAsync(Limits());
        await SaveAsync(Limits(high: 7) with { SeenVersion = 1 });

        Assert.Equal(["rules[0].key ChangedMeanwhile"], await FaultsAsync(Limits(high: 6) with { SeenVersion = 1 }));
        Assert.Equal(["rules[0].key ChangedMeanwhile"], await FaultsAsync(Limits(high: 6) with { SeenVersion = 0 }));

        Assert.Equal(7, Own[0].Conditions.Critical!.High);
    }

    [Fact]
    public async Task SaveAsync_TwoOfAKindAndTypeAtOnePlace_IsRefused()
    {
        await SaveAsync(Limits());

        Assert.Equal(["rules[0] Twice"], await FaultsAsync(Limits("others")));
        Assert.Equal(["rules[1] Twice"], await FaultsAsync(Limits("a", new() { Path = ["Depot"] }), Limits("b", new() { Path = ["depot"] })));
        Assert.Empty(await FaultsAsync(Limits("humid") with { Type = "humidity" }, Limits("depot", new() { Path = ["Depot"] })));
    }

    [Fact]
    public async Task SaveAsync_PathOfLocations_IsMadeOnceAndAudited()
    {
        await SaveAsync(Limits("a", new() { Path = ["Hospital", "Ward 1"] }), Limits("b", new() { Path = ["hospital"] }));

        Assert.Equal(["Hospital", "Hospital › Ward 1"], Portal.Get<Efento.Portal.Devices.LocationDirectory>().Tree.All.Select(l => l.Path));
        Assert.Equal(2, Audited("location made").Count);
    }

    [Fact]
    public async Task SaveAsync_LoggerThatIsKnown_IsARuleOfItsPoint()
    {
        var serial = (await MeasuredAsync(1))[0];

        await SaveAsync(Limits(place: new() { Serial = serial, Channel = 1 }));

        Assert.Equal((await SeePointAsync(serial)).Id, Assert.Single(Own).PointId);
        Assert.Equal("fridges", await AppliedAsync(serial));
    }

    [Fact]
    public async Task SaveAsync_WithoutKey_GetsOne()
    {
        await SaveAsync(Limits(null), Limits(null, new() { Path = ["Depot"] }));

        Assert.Equal(["limits-temperature", "limits-temperature-2"], Own.Select(r => r.Key));
    }

    [Fact]
    public async Task SaveAsync_ToldToFollowers()
    {
        var told = new TaskCompletionSource();
        using var following = Portal.Get<LiveFeed>().Subscribe(
            [new LiveKey(LiveTopic.Rules)], TimeSpan.Zero, () =>
            {
                told.TrySetResult();
                return Task.CompletedTask;
            });

        await SaveAsync(Limits());

        await told.Task.WaitAsync(Until.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task EndAsync_Rule_AppliesNoMoreAndKeepsItsVersions()
    {
        await SaveAsync(Limits());

        Assert.Empty((await Service.EndAsync(Anna, [new("fridges", 1)], "moved out")).Faults);

        Assert.Empty(Own);
        Assert.NotEqual(long.MaxValue, Book.All.Single(r => r.Key == "fridges").UntilMs);
        Assert.EndsWith("|moved out", Assert.Single(Audited(RuleAudit.Ended)));
    }

    [Fact]
    public async Task EndAsync_ThenMadeAgain_GoesOnCounting()
    {
        await SaveAsync(Limits());
        await Service.EndAsync(Anna, [new("fridges", 1)], null);

        await SaveAsync(Limits());

        Assert.Equal(2, Assert.Single(Own).Version);
    }

    [Fact]
    public async Task EndAsync_BuiltIn_IsRefused_ButItCanBeChangedAndSwitchedOff()
    {
        var silence = Book.All.Single(r => r.Key == "built-in-silence");

        var ended = await Service.EndAsync(Anna, [new(silence.Key, 1)], "quiet");
        Assert.Equal(RuleFaultKind.BuiltInEnded, Assert.Single(ended.Faults).Kind);

        await SaveAsync(RuleDraft.Of(silence) with { IsEnabled = false, Reason = "works at night" });
        Assert.Null(Book.TimelineOfSite(RuleKind.Silence, "")[^1].Rule);
        Assert.True(Book.All.Single(r => r.Key == "built-in-silence" && r.Version == 2).IsBuiltIn);
    }

    [Fact]
    public async Task SaveAsync_BuiltInElsewhere_IsRefused() => Assert.Equal(
        ["rules[0].key BuiltInMoved"],
        await FaultsAsync(new RuleDraft
        {
            Key = "built-in-silence",
            Kind = RuleKind.Silence,
            Place = new() { Path = ["Depot"] },
            Conditions = new(new(), null),
        }));

    [Fact]
    public async Task Start_FirstOne_HasTheBuiltInRulesFromTheBeginningOfTime_AndLaterOnesLeaveThem()
    {
        Assert.All(Book.All, rule => Assert.Equal((true, long.MinValue, 1), (rule.IsBuiltIn, rule.FromMs, rule.Version)));
        Assert.Equal(
            [
                "built-in-backup", "built-in-battery", "built-in-channel", "built-in-clock", "built-in-disk", "built-in-gateway-offline",
                "built-in-gateway-on-battery", "built-in-quarantine", "built-in-sensor-error", "built-in-silence",
            ],
            Book.All.Select(r => r.Key).Order(StringComparer.Ordinal));
        Assert.All(Book.All, rule => Assert.Empty(RuleChecks.FaultsOf(RuleDraft.Of(rule))));
        await SaveAsync(RuleDraft.Of(Book.All.Single(r => r.Key == "built-in-silence")) with { IsEnabled = false, Reason = "works at night" });

        await Portal.RestartAsync();

        Assert.Equal(11, Book.All.Count);
        Assert.Null(Book.TimelineOfSite(RuleKind.Silence, "")[^1].Rule);
    }
}
