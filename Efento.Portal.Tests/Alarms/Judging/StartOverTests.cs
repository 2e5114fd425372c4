using System.Collections.Concurrent;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Arrivals;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Alarms.Judging;

/// <summary>The position of the evaluator is lost: the past is judged again beside what gateways send.</summary>
public sealed class StartOverTests : IDisposable
{
    private const int Loggers = 3 * StartOver.Portion;

    /// <summary>The series of a large site.</summary>
    private const int Many = 10_000;

    private const int Channels = 5;

    /// <summary>How many portions are looked at.</summary>
    private const int Portions = 50;

    /// <summary>
    /// The most pages that are read of a series: of its limits and of its sensor errors, where it begins and what it measured.
    /// </summary>
    private const int MostPages = 12;

    private readonly TemporaryDirectory _data = new();
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly StalledReads _reads = new();

    public void Dispose()
    {
        _reads.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Cursor_Lost_GatewaysAreAnsweredAndJudgedMeanwhile_OpenAlarmsStay_AndHealthSaysSo()
    {
        // Alarms that are over and open: the rules' follower reads the channels of active ones at the start.
        var loggers = await LoseAsync(last: 5);
        var (first, second) = (loggers[0], loggers[StartOver.Portion]);
        _reads.Stall(first);
        _reads.Stall(second);
        await using var portal = await PortalUnderTest.StartAsync(Start() with { Customise = _reads.AddTo }).WaitAsync(Until.Patience);
        await Until.TrueAsync(() => _reads.IsWaiting(first));

        var serial = Some.Serial();
        await MeasureAsync(portal, 0, [serial]);
        Assert.Equal(Loggers, portal.Get<AlarmBoard>().Present.Count);
        Assert.Contains($"judged again for alarms: 0 of {Loggers} series are done", await HealthAsync(portal));

        // The evaluator has taken the message, and waits for the end of the first portion alone.
        var its = portal.Get<ArrivalFeed>().Subscriptions.Single(s => s.Consumer is AlarmEvaluator);
        await Until.TrueAsync(() => its.Queue.IsEmpty);
        _reads.GoOn(first);
        await Until.TrueAsync(() => portal.Get<AlarmBoard>().Present.Count == Loggers + 1);
        await Until.TrueAsync(() => _reads.IsWaiting(second));
        Assert.Contains($"{StartOver.Portion} of {Loggers} series are done", await HealthAsync(portal));
        Assert.Empty(portal.Database.Lines("SELECT consumer FROM arrival_cursor WHERE consumer = 'alarms'"));

        _reads.GoOn(second);
        Assert.Equal(Loggers + 1, (await portal.AlarmsAsync()).Count);
        await portal.CatchUpAsync();
        Assert.Equal(
            portal.Database.Scalar<long>("SELECT max(id) FROM message"),
            portal.Database.Scalar<long>("SELECT last_message_id FROM arrival_cursor WHERE consumer = 'alarms'"));
        Assert.DoesNotContain("judged again", await HealthAsync(portal));
    }

    /// <summary>
    /// However many series there are, what arrives waits for a few of them alone. The time is told, and not judged: it is another one on
    /// each machine.
    /// </summary>
    [Fact]
    public async Task Portion_OfTenThousandSeries_ReadsNoMoreThanTen()
    {
        var first = await LoseManyAsync();
        _reads.Stall(first);
        await using var portal = await PortalUnderTest.StartAsync(Start() with { Customise = _reads.AddTo }).WaitAsync(Until.Patience);
        await Until.TrueAsync(() => _reads.IsWaiting(first));
        var startOver = portal.Get<StartOver>();
        ConcurrentQueue<(int Portion, int Logger, byte? Channel, long At)> pages = new();
        _reads.Reading = page =>
        {
            if (startOver.Next is [var begin, ..])
            {
                pages.Enqueue((begin.Id, page.LoggerId, page.Channel, TimeProvider.System.GetTimestamp()));
            }
        };

        _reads.GoOn(first);
        await Until.TrueAsync(() => pages.Select(p => p.Portion).Distinct().Count() > Portions);
        _reads.Reading = null;

        // The last one may not be complete.
        var portions = pages.GroupBy(p => p.Portion).OrderBy(its => its.Key).Take(Portions).ToList();
        Assert.All(portions, its => Assert.InRange(its.Select(p => (p.Logger, p.Channel)).Distinct().Count(), 1, StartOver.Portion));
        Assert.All(portions, its => Assert.InRange(its.Count(), 1, StartOver.Portion * MostPages));
        var begins = portions.Select(its => its.First().At).ToList();
        var longest = begins.Zip(begins.Skip(1), TimeProvider.System.GetElapsedTime).Max();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Portions} portions of {Many} series: {portions.Sum(p => p.Count())} pages, the longest {longest.TotalMilliseconds:0.0} ms");
    }

    /// <summary>What was missed lies between what a judge knows and what comes next.</summary>
    [Fact]
    public async Task Channel_ThatGoesOnMeanwhile_IsJudgedByWhatWasMissedAsWell()
    {
        var loggers = await LoseAsync(last: 11);
        _reads.Stall(loggers[0]);
        await using var portal = await PortalUnderTest.StartAsync(Start() with { Customise = _reads.AddTo });
        await Until.TrueAsync(() => _reads.IsWaiting(loggers[0]));
        var serial = portal.Database.Scalar<string>("SELECT serial FROM logger WHERE id = $0", loggers[^1]);
        await MeasureAsync(portal, 0, [serial], 5);

        _reads.GoOn(loggers[0]);
        var alarms = await portal.AlarmsAsync();

        Assert.Equal(Loggers, alarms.Count);
        var ended = Assert.Single(alarms, a => !a.Alarm.IsActive).Alarm;
        Assert.Equal(
            (Some.Start.AddMinutes(-6).ToUnixTimeMilliseconds(), Some.Start.ToUnixTimeMilliseconds()),
            (ended.BeganMs, ended.EndedMs!.Value));
    }

    /// <summary>Makes alarms and loses the position.</summary>
    /// <returns>The loggers, in the order in which they are judged again.</returns>
    private async Task<IReadOnlyList<int>> LoseAsync(double last)
    {
        IReadOnlyList<int> loggers;
        await using (var portal = await PortalUnderTest.StartAsync(Start()))
        {
            await portal.RuleAsync(AlarmBench.Fridge());
            List<string> serials = [.. Enumerable.Range(0, Loggers).Select(_ => Some.Serial())];
            await MeasureAsync(portal, -6, serials);
            await MeasureAsync(portal, -3, serials, last);
            Assert.Equal(Loggers, (await portal.AlarmsAsync()).Count);
            loggers = [.. portal.Get<SeriesDirectory>().All.OrderBy(s => s.Id).Select(s => s.LoggerId)];
        }

        new PortalDatabase(_data.Path).Execute("DELETE FROM arrival_cursor WHERE consumer = 'alarms'");
        return loggers;
    }

    /// <summary>Stores two readings of each of many series, all inside, and loses the position.</summary>
    /// <returns>The logger that is judged again first.</returns>
    private async Task<int> LoseManyAsync()
    {
        var start = Start() with { Settings = new() { ["Portal:Ingest:MaxNewLoggersPerTokenPerDay"] = $"{Many}" } };
        await using (var portal = await PortalUnderTest.StartAsync(start))
        {
            await portal.RuleAsync(AlarmBench.Fridge());
            List<string> channels = [.. Enumerable.Range(1, Channels).Select(c => Some.Param(5, c))];
            foreach (var serials in Enumerable.Range(0, Many / Channels).Select(_ => Some.Serial()).Chunk(500))
            {
                Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(
                    from serial in serials
                    from minute in new[] { -6, -3 }
                    select Some.Record(serial, Some.Start.AddMinutes(minute), null, channels)))).Status);
            }

            Assert.Empty(await portal.AlarmsAsync());
            Assert.Equal(Many, portal.Get<SeriesDirectory>().All.Count());
        }

        var database = new PortalDatabase(_data.Path);
        database.Execute("DELETE FROM arrival_cursor WHERE consumer = 'alarms'");
        return database.Scalar<int>("SELECT logger_id FROM series ORDER BY id LIMIT 1");
    }

    private PortalStart Start() => new() { Time = _time, DataDirectory = _data.Path };

    private static async Task MeasureAsync(PortalUnderTest portal, int minute, IEnumerable<string> serials, double value = 11) =>
        Assert.Equal(201, (await portal.Client.MeasureAsync(
            Some.Body(serials.Select(s => Some.Record(s, Some.Start.AddMinutes(minute), value))))).Status);

    private static async Task<string> HealthAsync(PortalUnderTest portal) => (await portal.Client.GetAsync("/health/ready")).Body;
}
