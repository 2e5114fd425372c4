using System.Collections;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Alarms.Rules;

/// <summary>Changes of rules are planned beside other writers, who wait for the writing alone.</summary>
public sealed class RulePlanTests : RulesContext
{
    private const int Many = 10_000;

    [Fact]
    public async Task Trial_AndFaults_NeedNoTurnToWrite()
    {
        using var lease = await Portal.Get<WriteGate>().EnterAsync(TestContext.Current.CancellationToken);

        var trial = await Service.ReplaceAsync(Anna, [Limits()], isTrial: true).WaitAsync(Until.Patience);
        var wrong = await Service.SaveAsync(Anna, [Limits(low: 9)]).WaitAsync(Until.Patience);

        Assert.Single(trial.Changes);
        Assert.Equal(RuleFaultKind.LowAboveHigh, Assert.Single(wrong.Faults).Kind);
    }

    [Fact]
    public async Task RuleMadeWhileAPlanWaits_IsNotOverwritten()
    {
        var saving = await WhileItWaitsAsync(
            () => Service.SaveAsync(Anna, [Limits() with { SeenVersion = 0 }]),
            db => db.AlarmRules.Add(RuleOf("fridges")));

        Assert.Equal(RuleFaultKind.ChangedMeanwhile, Assert.Single((await saving).Faults).Kind);
        Assert.Equal(1, Portal.Database.Scalar<int>("SELECT count(*) FROM alarm_rule WHERE key = 'fridges'"));
    }

    [Fact]
    public async Task RuleMadeWhileAPlanWaits_IsFollowedByTheNextVersion()
    {
        var saving = await WhileItWaitsAsync(() => Service.SaveAsync(Anna, [Limits()]), db => db.AlarmRules.Add(RuleOf("fridges")));

        Assert.Empty((await saving).Faults);
        Assert.Equal(["1", "2"], Portal.Database.Lines("SELECT version FROM alarm_rule WHERE key = 'fridges' ORDER BY from_ms"));
        Assert.Single(Own);
    }

    [Fact]
    public async Task LocationMadeWhileAPlanWaits_IsTheRules()
    {
        var saving = await WhileItWaitsAsync(
            () => Service.SaveAsync(Anna, [Limits(place: new() { Path = ["Depot"] })]),
            db => db.Locations.Add(new Location { Name = "Depot" }));

        Assert.Empty((await saving).Faults);
        Assert.Equal(1, Portal.Database.Count("location"));
        Assert.Equal(1, Assert.Single(Own).LocationId);
    }

    [Fact]
    public async Task LoggerHeardWhileAPlanWaits_GivesTheRuleItsPoint()
    {
        var serial = (await MeasuredAsync(1))[0];
        var point = (await SeePointAsync(serial)).Id;
        var logger = Portal.Database.Scalar<int>("SELECT logger_id FROM logger_assignment");
        Portal.Database.Execute("DELETE FROM logger_assignment");
        var saving = await WhileItWaitsAsync(
            () => Service.SaveAsync(Anna, [Limits(place: new() { Serial = serial })]),
            db => db.LoggerAssignments.Add(
                new LoggerAssignment { LoggerId = logger, PointId = point, FromUtc = DateTimeOffset.UnixEpoch }));

        Assert.Empty((await saving).Faults);
        Assert.Equal(point, Assert.Single(Own).PointId);
    }

    /// <summary>Somebody changes something each time a plan is made, which else would be made again for ever.</summary>
    [Fact]
    public async Task Plan_MadeInVainThreeTimes_IsMadeWithinTheTransaction()
    {
        string[] others = ["humidity", "pressure", "co2"];
        List<bool> isWriting = [];
        var drafts = new PlannedDrafts([Limits()], async () =>
        {
            using var patience = new CancellationTokenSource();
            var turn = Portal.Get<WriteGate>().EnterAsync(patience.Token);
            isWriting.Add(!turn.IsCompleted);
            if (isWriting[^1])
            {
                await patience.CancelAsync();
                await Assert.ThrowsAsync<OperationCanceledException>(turn.AsTask);
                return;
            }

            using var lease = await turn;
            await using var db = lease.CreateContext();
            db.AlarmRules.Add(RuleOf($"meddler-{isWriting.Count}", others[isWriting.Count - 1]));
            await db.SaveChangesAsync();
        });

        var outcome = await Service.SaveAsync(Anna, drafts).WaitAsync(Until.Patience);

        Assert.Empty(outcome.Faults);
        Assert.Equal([false, false, false, true], isWriting);
        Assert.Equal(["fridges", "meddler-1", "meddler-2", "meddler-3"], Own.Select(r => r.Key));
        Assert.Single(Portal.Database.Lines("SELECT id FROM audit_entry WHERE action LIKE 'alarm rule %' AND subject LIKE '%fridges%'"));
    }

    /// <summary>A gateway whose message waits for two seconds is answered 503.</summary>
    [Fact]
    public async Task Import_OfManyRules_LetsGatewaysIn()
    {
        await Portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));

        await AnsweredAllAlongAsync(ReplaceAsync(high: 8));
        Assert.Equal(Many, Own.Count);
        await AnsweredAllAlongAsync(ReplaceAsync(high: 7));
        Assert.All(Own, rule => Assert.Equal((2, 7.0), (rule.Version, rule.Conditions.Critical!.High)));
        await AnsweredAllAlongAsync(Task.Run(() => Service.ReplaceAsync(Anna, [], isTrial: false)));
        Assert.Empty(Own);

        Assert.Equal(3 * Many, Portal.Database.Scalar<int>("SELECT count(*) FROM audit_entry WHERE action LIKE 'alarm rule %'"));
    }

    private Task<RuleOutcome> ReplaceAsync(double high)
    {
        List<RuleDraft> drafts =
            [.. Enumerable.Range(0, Many).Select(i => Limits($"rule-{i}", new() { Serial = $"282D{i:X8}", Channel = 1 }, high: high))];
        return Task.Run(() => Service.ReplaceAsync(Anna, drafts, isTrial: false));
    }

    private async Task AnsweredAllAlongAsync(Task<RuleOutcome> importing)
    {
        var longest = TimeSpan.Zero;
        while (!importing.IsCompleted)
        {
            var start = TimeProvider.System.GetTimestamp();
            var reply = await Portal.Client.MeasureAsync(Some.Body(Some.Record("282C024FFFB2", Some.Now())));
            Assert.Equal(201, reply.Status);
            var took = TimeProvider.System.GetElapsedTime(start);
            longest = took > longest ? took : longest;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"The longest wait of a gateway: {longest.TotalMilliseconds:0} ms");
        Assert.Empty((await importing).Faults);
    }

    /// <summary>Begins a change, which is planned at once and then waits for its turn, while somebody else writes something.</summary>
    private async Task<Task<RuleOutcome>> WhileItWaitsAsync(Func<Task<RuleOutcome>> change, Action<PortalDbContext> write)
    {
        using var lease = await Portal.Get<WriteGate>().EnterAsync(TestContext.Current.CancellationToken);
        var changing = change();
        Assert.False(changing.IsCompleted);
        await using var db = lease.CreateContext();
        write(db);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return changing;
    }

    /// <summary>Drafts that say when a plan takes them. Plans take the first draft first.</summary>
    private sealed class PlannedDrafts(IReadOnlyList<RuleDraft> drafts, Func<Task> taken) : IReadOnlyList<RuleDraft>
    {
        public int Count => drafts.Count;

        public RuleDraft this[int index]
        {
            get
            {
                if (index == 0)
                {
                    Task.Run(taken).Wait(Until.Patience);
                }

                return drafts[index];
            }
        }

        public IEnumerator<RuleDraft> GetEnumerator() => drafts.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static AlarmRule RuleOf(string key, string type = "temperature") => new()
    {
        Key = key,
        Version = 1,
        Kind = RuleKind.Limits,
        Type = type,
        Conditions = new(null, new() { High = 9 }),
        IsEnabled = true,
        FromMs = 0,
        MadeUtc = DateTimeOffset.UnixEpoch,
        MadeBy = "",
    };
}
