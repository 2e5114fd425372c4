using Efento.Portal.Access;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Outgoing;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>Receivers that fail, and a ledger that ends.</summary>
public sealed class FeedTroubleTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private int _stored;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError, "500 Internal Server Error")]
    [InlineData(StatusCodes.Status400BadRequest, "400 Bad Request")]
    [InlineData(0, "No answer within 30 s.")]
    public async Task Receiver_FailsAndIsBack_GetsAllInOrder_AndHealthSaysSoMeanwhile(int status, string why)
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(FeedBench.Settings());
        await portal.ImportAsync(receiver);
        await StoreAsync(portal, 2);
        await PassUntilAsync(() => receiver.Readings.Count == 2);

        receiver.Status = status;
        await StoreAsync(portal, 3);
        await PassUntilAsync(() => receiver.Requests.Count >= 5);
        await StoreAsync(portal, 1);
        await PassUntilAsync(() => portal.Feed().Trouble is not null);
        var health = await portal.HealthAsync();
        Assert.Contains("Degraded", health);
        Assert.Contains("The feed \"erp\" has not sent since", health);
        Assert.Contains(why, health);

        receiver.Status = StatusCodes.Status204NoContent;
        await PassUntilAsync(() => receiver.Values.Distinct().Count() == _stored);
        Assert.Equal(Enumerable.Range(0, _stored).Select(i => (double?)i), receiver.Values.Distinct());
        await Until.TrueAsync(() => portal.Feed().Trouble is null);
        Assert.Contains("Healthy", await portal.HealthAsync());
    }

    /// <summary>
    /// A receiver that takes its time but answers is no failure. Gateways and the other feed do not wait for it, and its own feed moves on
    /// with each answer.
    /// </summary>
    [Fact]
    public async Task Receiver_ThatIsSlowButAnswers_DelaysNobodyElse_AndGetsAllInOrder()
    {
        await using var slow = await FeedReceiver.StartAsync();
        await using var fast = await FeedReceiver.StartAsync();
        using var turns = new SemaphoreSlim(0);
        slow.Turn = turns.WaitAsync;
        var settings = FeedBench.Settings().Concat(FeedBench.Settings(key: "lake", channel: "hook1", number: 1)).ToDictionary();

        // The true time: an hour that passes in a moment would be no slow answer, but none.
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path, Settings = settings });
        await portal.ImportAsync(slow, fast);

        for (var answers = 0; answers < 3; answers++)
        {
            await StoreAsync(portal, 4);
            await Until.TrueAsync(() => fast.Values.Count == _stored && slow.Requests.Count == answers + 1);
            Assert.True(slow.Values.Count < _stored);
            var before = Position(portal);

            turns.Release();
            await Until.TrueAsync(() => Position(portal) > before);
        }

        turns.Release(_stored);
        await Until.TrueAsync(() => slow.Values.Count == _stored);
        var all = Enumerable.Range(0, _stored).Select(i => (double?)i).ToList();
        Assert.Equal(all, slow.Values);
        Assert.Equal(all, fast.Values);
        Assert.All(portal.Get<OutgoingFeeds>().All, feed => Assert.Equal((null, 0), (feed.Trouble, feed.Attempts)));
    }

    /// <summary>Whether it took the readings is not known then.</summary>
    [Fact]
    public async Task Receiver_BreaksOffInTheMiddle_GetsAllAgain()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(FeedBench.Settings());
        await portal.ImportAsync(receiver);
        receiver.Status = FeedReceiver.BrokenOff;
        await StoreAsync(portal, 3);
        await PassUntilAsync(() => receiver.Requests.Count >= 2);

        receiver.Status = StatusCodes.Status204NoContent;
        await PassUntilAsync(() => receiver.Values.Distinct().Count() == _stored);

        Assert.Equal(Enumerable.Range(0, _stored).Select(i => (double?)i), receiver.Values.Distinct());
    }

    /// <summary>What waits is more than a request holds, and gateways are answered all the time.</summary>
    [Fact]
    public async Task Receiver_Answers500ForAnHour_GetsAllInOrderWhenItIsBack()
    {
        const int Each = 200;
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(FeedBench.Settings());
        await portal.ImportAsync(receiver);
        receiver.Status = StatusCodes.Status500InternalServerError;
        for (var minute = 0; minute < 60; minute += 10)
        {
            await portal.StoreAsync(Enumerable.Range(0, Each).Select(
                i => Some.Record(_serial, Some.Start.AddHours(-1).AddSeconds(_stored + i), _stored + i)));
            _stored += Each;
            _time.Advance(TimeSpan.FromMinutes(10));
            var tried = receiver.Requests.Count;
            await PassUntilAsync(() => receiver.Requests.Count > tried);
        }

        Assert.Empty(receiver.Readings);
        receiver.Status = StatusCodes.Status204NoContent;
        await PassUntilAsync(() => receiver.Values.Distinct().Count() == _stored);

        Assert.Equal(Enumerable.Range(0, _stored).Select(i => (double?)i), receiver.Values.Distinct());
    }

    [Fact]
    public async Task Receiver_Hangs_DelaysNoOtherFeed()
    {
        await using var hanging = await FeedReceiver.StartAsync();
        await using var other = await FeedReceiver.StartAsync();
        hanging.Status = 0;
        await using var portal = await StartAsync(
            FeedBench.Settings().Concat(FeedBench.Settings(key: "lab", channel: "hook1", number: 1)).ToDictionary());
        await portal.ImportAsync(hanging, other);

        await StoreAsync(portal, 1);
        await Until.TrueAsync(() => hanging.Requests.Count == 1 && other.Readings.Count == 1);
        await StoreAsync(portal, 1);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Until.TrueAsync(() => other.Readings.Count == 2);
        Assert.Empty(hanging.Readings);
    }

    [Fact]
    public async Task Channel_ThatIsMissing_LosesNothing()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(FeedBench.Settings());
        await StoreAsync(portal, 2);
        await Until.TrueAsync(() => portal.Feed().Trouble?.Contains("There is no channel \"hook\".", StringComparison.Ordinal) is true);

        await portal.ImportAsync(receiver);
        await PassUntilAsync(() => receiver.Readings.Count == 2);

        Assert.Equal([0, 1], receiver.Values);
    }

    [Fact]
    public async Task Location_ThatIsMissing_IsSaid_UntilItIsMade()
    {
        await using var portal = await StartAsync(FeedBench.Settings("Hospital"));
        await Until.TrueAsync(
            () => portal.Feed().Trouble?.Contains("There is no location \"Hospital\".", StringComparison.Ordinal) is true);

        await portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, "Hospital");
        await PassUntilAsync(() => portal.Log.Any(line => line.Contains("The feed \"erp\" sends again", StringComparison.Ordinal)));

        Assert.Null(portal.Feed().Trouble);
    }

    [Fact]
    public async Task Ledger_ThatNoLongerReachesBack_IsSaid_AndWhatItHasIsSent()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using (var portal = await StartAsync(FeedBench.Settings()))
        {
            await portal.ImportAsync(receiver);
            await StoreAsync(portal, 1);
            await portal.AllSentAsync();
            receiver.Status = StatusCodes.Status500InternalServerError;
            await StoreAsync(portal, 4);
            await PassUntilAsync(() => receiver.Requests.Count >= 2);
            portal.Database.Execute("DELETE FROM message WHERE id IN (SELECT id FROM message ORDER BY id LIMIT 3)");
        }

        receiver.Status = StatusCodes.Status204NoContent;
        await using var again = await StartAsync(FeedBench.Settings());
        await again.AllSentAsync();

        Assert.Equal([0, 3, 4], receiver.Values);
        Assert.Contains(again.Log, line => line.Contains("goes on with the oldest message in the ledger", StringComparison.Ordinal));
        Assert.Contains("which did not hold any more what the feed had not sent", await again.HealthAsync());
    }

    [Fact]
    public async Task Restarted_GoesOnAfterItsCursor_RemovedGivesItUp()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using (var portal = await StartAsync(FeedBench.Settings()))
        {
            await portal.ImportAsync(receiver);
            await StoreAsync(portal, 2);
            _time.Advance(TimeSpan.FromSeconds(1));
            await portal.AllSentAsync();
        }

        await using (var portal = await StartAsync(FeedBench.Settings()))
        {
            await StoreAsync(portal, 1);
            await portal.AllSentAsync();
            Assert.Equal([0, 1, 2], receiver.Values);
        }

        await using (var portal = await StartAsync([]))
        {
            Assert.Empty(portal.Database.Lines("SELECT consumer FROM arrival_cursor WHERE consumer LIKE 'outgoing:%'"));
            await StoreAsync(portal, 1);
        }

        await using (var portal = await StartAsync(FeedBench.Settings()))
        {
            await StoreAsync(portal, 1);
            await portal.AllSentAsync();
            Assert.Equal([0, 1, 2, 4], receiver.Values);
        }
    }

    private static long Position(PortalUnderTest portal) =>
        portal.Database.Scalar<long>("SELECT last_message_id FROM arrival_cursor WHERE consumer = 'outgoing:erp'");

    private Task<PortalUnderTest> StartAsync(Dictionary<string, string> settings) =>
        PortalUnderTest.StartAsync(new() { Time = _time, DataDirectory = _data.Path, Settings = settings });

    /// <summary>Stores so many readings, each in a message of its own; their values count them.</summary>
    private async Task StoreAsync(PortalUnderTest portal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await portal.StoreAsync(Some.Record(_serial, Some.Start.AddHours(-1).AddSeconds(_stored), _stored));
            _stored++;
        }
    }

    private Task PassUntilAsync(Func<bool> condition) => Until.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });
}
