using Efento.Portal.Alarms.Judging;
using Efento.Portal.Arrivals;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Arrivals;

/// <summary>The ledger is pruned behind the slowest consumer, up to a limit.</summary>
public sealed class LedgerHoldTests : IAsyncLifetime
{
    private readonly SleepingClock _time = new(Some.Start);
    private readonly RecordingConsumer _consumer = new();
    private readonly List<long> _messages = [];
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time, Customise = _consumer.AddTo });
        await ArriveAsync();
        await _portal.Get<ArrivalFeed>().DeliverAsync(_consumer);
        await SaveAsync();

        // From here on nothing of what it is told is done.
        _consumer.IsDurable = false;
        await ArriveAsync();
        await ArriveAsync();
        await _portal.Get<ArrivalFeed>().DeliverAsync(_portal.Get<AlarmEvaluator>());
        await _portal.Get<RollupJob>().RollUpAsync();
        await SaveAsync();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Prune_ConsumerBehind_KeepsWhatItHasNotReadAndSaysSo()
    {
        _time.Sleep(TimeSpan.FromDays(31));
        await PruneAsync();

        Assert.Equal(_messages.Select(id => $"{id}"), Ids());
        Assert.Contains(_portal.Log, line => line.StartsWith("Warning: The consumer \"recorder\" has read", StringComparison.Ordinal));
        var ready = await _portal.Client.GetAsync("/health/ready");
        Assert.Equal(200, ready.Status);
        Assert.Contains("Degraded", ready.Body);
        Assert.Contains("kept for it", ready.Body);
    }

    [Fact]
    public async Task Prune_ConsumerHasReadOn_DeletesAndIsHealthy()
    {
        _time.Sleep(TimeSpan.FromDays(31));
        await PruneAsync();
        _consumer.IsDurable = true;
        await ArriveAsync();
        await _portal.Get<ArrivalFeed>().DeliverAsync(_consumer);
        await _portal.Get<ArrivalFeed>().DeliverAsync(_portal.Get<AlarmEvaluator>());
        await _portal.Get<RollupJob>().RollUpAsync();
        await SaveAsync();

        await PruneAsync();

        Assert.Equal(_messages.TakeLast(2).Select(id => $"{id}"), Ids());
        Assert.Contains("Healthy", (await _portal.Client.GetAsync("/health/ready")).Body);
    }

    [Fact]
    public async Task Prune_ConsumerBehindForTooLong_DeletesAndItBeginsAnew()
    {
        _time.Sleep(TimeSpan.FromDays(30) + LedgerHold.Most + TimeSpan.FromDays(1));
        await PruneAsync();
        Assert.Equal([$"{_messages[^1]}"], Ids());
        Assert.Contains("begin anew", (await _portal.Client.GetAsync("/health/ready")).Body);

        await _portal.RestartAsync();

        await Until.TrueAsync(() => _consumer.Begun.Count == 3);
        Assert.Equal((_messages[^1], true), _consumer.Begun[^1]);
    }

    private async Task ArriveAsync()
    {
        _time.Sleep(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(_time), 4)))).Status);
        _messages.Add(_portal.Database.Scalar<long>("SELECT max(id) FROM message"));
    }

    private IReadOnlyList<string> Ids() => _portal.Database.Lines("SELECT id FROM message ORDER BY id");

    private Task SaveAsync() => _portal.Hosted<ArrivalService>().SaveAsync(CancellationToken.None);

    private Task PruneAsync() => _portal.Hosted<RetentionService>().PruneAsync(_time.GetUtcNow(), CancellationToken.None);
}
