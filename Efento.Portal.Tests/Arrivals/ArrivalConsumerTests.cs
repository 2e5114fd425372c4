using Efento.Portal.Arrivals;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Arrivals;

/// <summary>What consumers of what was stored are promised, on a real portal.</summary>
public sealed class ArrivalConsumerTests : IDisposable
{
    private const double Magic = -123.25;

    private readonly TemporaryDirectory _data = new();
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly RecordingConsumer _consumer = new();
    private readonly string _serial = Some.Serial();

    private DateTimeOffset Now => Some.Now(_time);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Stored_NewAndSuperseding_IsToldKnownAndConflictingIsNot()
    {
        await using var portal = await StartAsync(_consumer);
        await MeasureAsync(portal, Some.Record(_serial, Now, null, Some.Param(null, "NO_VALUE")));
        await MeasureAsync(portal, Some.Record(_serial, Now, 4));
        await MeasureAsync(portal, Some.Record(_serial, Now, 4));
        await MeasureAsync(portal, Some.Record(_serial, Now, 5));

        await ToldAsync(portal);

        var logger = portal.Database.Scalar<int>("SELECT id FROM logger");
        var ms = Now.ToUnixTimeMilliseconds();
        Assert.Equal([new ArrivalSpan(logger, ms, ms), new ArrivalSpan(logger, ms, ms)], _consumer.Spans);
        Assert.Equal(LastIdOf(portal), _consumer.LastId);
    }

    [Fact]
    public async Task Stored_ReadAgainFromTheQuarantine_IsToldUnderAnIdOfItsOwn()
    {
        await using var portal = await StartAsync(_consumer);
        Poison(portal);
        await MeasureAsync(portal, Some.Record(_serial, Now.AddHours(-9), Magic));
        await ToldAsync(portal);
        Assert.Empty(_consumer.Spans);
        portal.Database.Execute("DROP TRIGGER poison");

        Assert.Equal(ReadAgainVerdict.Read, (await portal.ReadAgainAsync()).Verdict);
        await ToldAsync(portal);

        var ms = Now.AddHours(-9).ToUnixTimeMilliseconds();
        Assert.Equal([(ms, ms)], _consumer.Spans.Select(s => (s.EarliestMs, s.LatestMs)));
        Assert.Equal(LastIdOf(portal), _consumer.LastId);
    }

    [Fact]
    public async Task Throwing_HarmsNobodyIsSaidAndIsToldAgainFromTheLedger()
    {
        var other = new RecordingConsumer("other");
        _consumer.OnTake = (_, _) => throw new InvalidOperationException("no mood");
        await using var portal = await StartAsync(_consumer, other);

        await MeasureAsync(portal, Some.Record(_serial, Now, 4));
        await MeasureAsync(portal, Some.Record(_serial, Now.AddMinutes(-3), 5));

        await Until.TrueAsync(() => other.LastId == LastIdOf(portal));
        await Until.TrueAsync(
            async () => (await portal.Client.GetAsync("/health/ready")).Body.Contains("no mood", StringComparison.Ordinal));
        Assert.Contains(portal.Log, line => line.Contains("The consumer \"recorder\" does not take", StringComparison.Ordinal));
        Assert.Empty(_consumer.Taken);

        _consumer.OnTake = (_, _) => Task.CompletedTask;
        await Until.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return _consumer.LastId == LastIdOf(portal);
        });
        Assert.Equal(2, _consumer.Spans.Count);
        Assert.Contains("Healthy", (await portal.Client.GetAsync("/health/ready")).Body);
    }

    [Fact]
    public async Task Hanging_HarmsNobodyAndIsSaid()
    {
        var (other, release) = (new RecordingConsumer("other"), new TaskCompletionSource());
        _consumer.OnTake = (_, _) => release.Task;
        await using var portal = await StartAsync(_consumer, other);

        await MeasureAsync(portal, Some.Record(_serial, Now, 4));
        await MeasureAsync(portal, Some.Record(_serial, Now.AddMinutes(-3), 5));
        await Until.TrueAsync(() => other.LastId == LastIdOf(portal));
        await Until.TrueAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return (await portal.Client.GetAsync("/health/ready")).Body.Contains("at work on one batch", StringComparison.Ordinal);
        });

        release.SetResult();
        await Until.TrueAsync(() => _consumer.LastId == LastIdOf(portal));
        Assert.Equal(2, _consumer.Spans.Count);
    }

    [Fact]
    public async Task FarBehind_KeepsLittleInMemoryAndMissesNothing()
    {
        var release = new TaskCompletionSource();
        _consumer.OnTake = (_, _) => release.Task;
        await using var portal = await StartAsync(_consumer);
        await MeasureAsync(portal, Some.Record(_serial, Now, 0));
        var its = portal.Get<ArrivalFeed>().Subscriptions.Single(s => s.Consumer == _consumer);
        await Until.TrueAsync(() => its.Queue.Count == 0);

        // As much as may wait, told by nobody else than this test.
        var last = LastIdOf(portal);
        its.Queue.Put(new ArrivalBatch(last, last, new ArrivalSpan[ArrivalQueue.MostSpans]));
        for (var i = 1; i <= 1_200; i++)
        {
            await MeasureAsync(portal, Some.Record(_serial, Now.AddMinutes(-i), i));
        }

        // The large one is gone; what came later waits until the ledger has been read up to it.
        Assert.InRange(its.Queue.Count, 0, 1_200);
        Assert.True(its.Queue.IsBehind);
        release.SetResult();
        await Until.TrueAsync(() => _consumer.LastId == LastIdOf(portal));
        Assert.Equal(
            Enumerable.Range(0, 1_201).Select(i => Now.AddMinutes(-i).ToUnixTimeMilliseconds()), _consumer.Spans.Select(s => s.EarliestMs));
    }

    [Fact]
    public async Task Restarted_GoesOnAfterItsCursor()
    {
        long saved;
        await using (var portal = await StartAsync(_consumer))
        {
            await MeasureAsync(portal, Some.Record(_serial, Now, 4));
            await ToldAsync(portal);
            await SaveAsync(portal);
            saved = LastIdOf(portal);

            // Told, but not done before the end.
            _consumer.IsDurable = false;
            await MeasureAsync(portal, Some.Record(_serial, Now.AddMinutes(-3), 5));
            await ToldAsync(portal);
        }

        var next = new RecordingConsumer();
        await using var again = await StartAsync(next);
        await Until.TrueAsync(() => next.LastId == LastIdOf(again));

        Assert.Equal([(saved, false)], next.Begun);
        var ms = Now.AddMinutes(-3).ToUnixTimeMilliseconds();
        Assert.Equal([(ms, ms)], next.Spans.Select(s => (s.EarliestMs, s.LatestMs)));
    }

    [Fact]
    public async Task Cursor_NothingElseHappens_IsSavedWithinSeconds()
    {
        await using var portal = await StartAsync(_consumer);
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));

        await Until.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return portal.Database.Lines("SELECT last_message_id FROM arrival_cursor WHERE consumer = 'recorder'")
                .SequenceEqual([$"{LastIdOf(portal)}"]);
        });
    }

    [Fact]
    public async Task SwitchedOff_GivesUpItsCursorAndBeginsAnewWhenItIsBack()
    {
        await using (var portal = await StartAsync(_consumer))
        {
            await MeasureAsync(portal, Some.Record(_serial, Now, 4));
            await ToldAsync(portal);
            await SaveAsync(portal);
        }

        await using (var without = await StartAsync())
        {
            Assert.Empty(without.Database.Lines("SELECT 1 FROM arrival_cursor WHERE consumer = 'recorder'"));
            Assert.Contains(without.Log, line => line.Contains("\"recorder\" is switched off", StringComparison.Ordinal));
        }

        var next = new RecordingConsumer();
        await using var again = await StartAsync(next);
        Assert.Equal([(LastIdOf(again), true)], next.Begun);
    }

    [Fact]
    public async Task Rollups_StartedBetweenCommitAndRollup_CatchUpAndTheLastDayIsRightAtOnce()
    {
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal, Some.Record(_serial, Now.AddHours(-5), 4));
            await portal.Get<RollupJob>().RollUpAsync();
            await MeasureAsync(portal, Some.Record(_serial, Now.AddHours(-5).AddMinutes(3), 9));
        }

        await using var again = await StartAsync();
        var series = Assert.Single(again.Get<SeriesDirectory>().All);
        Assert.Equal(9, again.Get<LastDayQuery>().Read(SiteScope.Everything, [series.Id])[series.Id].Max);
        Assert.Equal("4", Assert.Single(again.Database.Lines("SELECT max FROM rollup_hour")));

        await again.Get<RollupJob>().RollUpAsync();

        Assert.Equal("9", Assert.Single(again.Database.Lines("SELECT max FROM rollup_hour")));
        Assert.Equal(
            $"{LastIdOf(again)}",
            Assert.Single(again.Database.Lines("SELECT last_message_id FROM arrival_cursor WHERE consumer = 'rollups'")));
    }

    [Fact]
    public async Task Rollups_WithoutACursor_AreMadeAnewFromTheReadings()
    {
        await using (var portal = await StartAsync())
        {
            await MeasureAsync(portal, Some.Record(_serial, Now.AddDays(-2), 4));
            await portal.Get<RollupJob>().RollUpAsync();
            await MeasureAsync(portal, Some.Record(_serial, Now.AddDays(-2).AddMinutes(3), 9));
        }

        new PortalDatabase(_data.Path).Execute("DELETE FROM arrival_cursor");
        await using var again = await StartAsync();
        while (await again.Get<RollupJob>().RollUpAsync())
        {
        }

        Assert.Equal("9", Assert.Single(again.Database.Lines("SELECT max FROM rollup_hour")));
    }

    private async Task<PortalUnderTest> StartAsync(params RecordingConsumer[] consumers) => await PortalUnderTest.StartAsync(new()
    {
        Time = _time,
        DataDirectory = _data.Path,
        Customise = builder => Array.ForEach(consumers, consumer => consumer.AddTo(builder)),
    });

    private Task ToldAsync(PortalUnderTest portal) => portal.Get<ArrivalFeed>().DeliverAsync(_consumer);

    private static Task SaveAsync(PortalUnderTest portal) => portal.Hosted<ArrivalService>().SaveAsync(CancellationToken.None);

    private static long LastIdOf(PortalUnderTest portal) => portal.Database.Scalar<long>("SELECT ifnull(max(id), 0) FROM message");

    private static void Poison(PortalUnderTest portal) => portal.Database.Execute(
        $"CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = {Magic} BEGIN SELECT RAISE(ABORT, 'poison'); END");

    private static async Task MeasureAsync(PortalUnderTest portal, string record) =>
        Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(record))).Status);
}
