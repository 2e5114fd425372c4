using Efento.Portal.Access;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What is deleted by age when the server's clock is wrong: nothing.</summary>
public sealed class RetentionClockTests : IAsyncLifetime
{
    private readonly SteppedClock _time = new(Some.Now().AddDays(10));
    private readonly List<string> _serials = [.. Enumerable.Range(0, 4).Select(_ => Some.Serial())];
    private PortalUnderTest _portal = null!;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _portal = await StartAsync();
        await MeasureAsync(Now.AddDays(-400));
        await MeasureAsync(Now.AddDays(-100));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Prune_SeveralLoggersConfirmTheTime_DeletesWhatIsOldAndLogsTheSpan()
    {
        await MeasureAsync(Now);

        Assert.True(await PruneAsync());

        Assert.Equal(8, _portal.Database.Count("reading"));
        var line = Assert.Single(_portal.Log, l => l.Contains("Readings were deleted", StringComparison.Ordinal));
        Assert.Contains(Now.AddDays(-400).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), line);
        Assert.Contains(Now.AddDays(-365).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), line);
    }

    [Fact]
    public async Task Prune_NobodyHeardWithinAnHour_DeletesNothing()
    {
        _time.Advance(TimeSpan.FromMinutes(62));

        Assert.False(await PruneAsync());
        Assert.Equal(8, _portal.Database.Count("reading"));
    }

    [Fact]
    public async Task Prune_StartedWithAClockTwoYearsAhead_DeletesNothing()
    {
        await RestartAsync(Now.AddDays(730));

        Assert.False(await PruneAsync());
        Assert.Equal(8, _portal.Database.Count("reading"));
        Assert.Equal(2, _portal.Database.Count("message"));
    }

    [Fact]
    public async Task Prune_StartedWithAClockTwoYearsAheadAndLoggersRight_IsHeldAndSaid()
    {
        var right = Now;
        await RestartAsync(Now.AddDays(730));
        await MeasureAsync(right);

        Assert.False(await PruneAsync());
        Assert.Equal(12, _portal.Database.Count("reading"));
        var ready = await _portal.Client.GetAsync("/health/ready");
        Assert.Equal(200, ready.Status);
        Assert.Contains("Degraded", ready.Body);
        Assert.Contains("differs by 730 days", ready.Body);
    }

    [Fact]
    public async Task Prune_OneLoggerAhead_DoesNotMoveTheTime()
    {
        await MeasureAsync(Now.AddDays(-60), 3);
        _time.Advance(TimeSpan.FromMinutes(1));
        await MeasureAsync(Now, 1);

        Assert.Equal(
            Now.AddDays(-60).AddMinutes(-1),
            DateTimeOffset.FromUnixTimeMilliseconds(_portal.Get<DeviceTime>().Read(Now.ToUnixTimeMilliseconds()).ConfirmedMs!.Value));
    }

    [Fact]
    public async Task Prune_StoppedForThreeWeeks_GoesOnWhenLoggersConfirmTheTime()
    {
        await RestartAsync(Now.AddDays(21));
        Assert.False(await PruneAsync());
        await MeasureAsync(Now);

        Assert.True(await PruneAsync());
        Assert.Equal(8, _portal.Database.Count("reading"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(730)]
    [InlineData(-3)]
    public async Task Prune_ClockJumpedWhileItRan_IsHeldThoughLoggersFollowUntilAPersonConfirms(int days)
    {
        var portal = _portal;
        _time.Step(TimeSpan.FromDays(days));
        await portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        Assert.Contains($"jumped by {Math.Abs(days)} days", IngestWords.Of(portal.Get<ClockGuard>().Why!));
        if (days > 0)
        {
            await MeasureAsync(Now);
        }

        Assert.False(await PruneAsync());
        Assert.True(portal.Database.Count("reading") >= 8);

        Assert.Equal(ClockVerdict.Accepted, (await portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command)).Verdict);
        await MeasureAsync(Now.AddSeconds(1));
        Assert.Null(portal.Get<ClockGuard>().Why);
        Assert.True(await PruneAsync());
    }

    [Fact]
    public async Task Guard_JumpNobodyConfirmed_IsKnownAfterARestart()
    {
        _time.Step(TimeSpan.FromDays(30));
        await _portal.Get<ClockWatch>().LookAsync(CancellationToken.None);
        await _portal.RestartAsync();

        Assert.Contains("jumped by 30 days", IngestWords.Of(_portal.Get<ClockGuard>().Why!));
    }

    [Fact]
    public async Task Guard_ContradictedClockIsConfirmed_LoggersMayStayWrong()
    {
        await MeasureAsync(Now.AddDays(-30));
        Assert.False(await PruneAsync());
        Assert.NotNull(_portal.Get<ClockGuard>().Why);

        await _portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command);
        Assert.True(await PruneAsync());

        // The time is still the one they confirm.
        Assert.Equal(
            8,
            _portal.Database.Lines(
                "SELECT measured_at FROM reading WHERE measured_at > $0", Now.AddDays(-365).ToUnixTimeMilliseconds()).Count);
    }

    [Fact]
    public async Task Prune_LedgerReceivedWhileTheClockWasAhead_IsCountedFromItsTrueTime()
    {
        _time.Step(TimeSpan.FromDays(29));
        await _portal.Client.BeatAsync("{}");
        _time.Step(TimeSpan.FromDays(-29));
        await _portal.Client.BeatAsync("{}");
        await _portal.Get<ClockAcceptance>().AcceptAsync(Actor.Command);
        await RestartAsync(Now.AddDays(31));
        await MeasureAsync(Now);

        Assert.True(await PruneAsync());

        // The newest, and the mark of how far it was pruned.
        Assert.Equal(2, _portal.Database.Count("message"));
    }

    private Task<PortalUnderTest> StartAsync() =>
        PortalUnderTest.StartAsync(new() { Time = _time, Settings = { ["Portal:Retention:Readings"] = "365.00:00:00" } });

    /// <summary>The clock of the machine is another when the portal starts again.</summary>
    private async Task RestartAsync(DateTimeOffset now)
    {
        // Timers stay: a day of them takes a while.
        _time.Step(now - Now);
        await _portal.RestartAsync();
    }

    /// <summary>Deletes what is old, once no consumer has to read it any more.</summary>
    private async Task<bool> PruneAsync()
    {
        await _portal.CatchUpAsync();
        return await _portal.Hosted<RetentionService>().PruneAsync(CancellationToken.None);
    }

    private async Task MeasureAsync(DateTimeOffset measuredAt, int loggers = 4) =>
        Assert.Equal(
            201, (await _portal.Client.MeasureAsync(Some.Body(_serials.Take(loggers).Select(s => Some.Record(s, measuredAt))))).Status);
}
