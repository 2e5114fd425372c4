using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Live;

public sealed class LiveFeedTests
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _time = new();
    private readonly Warnings _warnings = new();
    private readonly SemaphoreSlim _called = new(0);
    private int _calls;

    [Fact]
    public async Task Publish_KeySubscribed_Calls()
    {
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, CountAsync);

        feed.Publish(new(LiveTopic.Logger, 7));

        Assert.True(await _called.WaitAsync(Until.Patience));
    }

    [Fact]
    public async Task Publish_AnyOfTopicSubscribed_Calls()
    {
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Gateway)], Throttle, CountAsync);

        feed.Publish(new(LiveTopic.Gateway, 3));

        Assert.True(await _called.WaitAsync(Until.Patience));
    }

    [Fact]
    public async Task Publish_OtherKeys_DoesNotCall()
    {
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, CountAsync);
        using var marker = feed.Subscribe([new(LiveTopic.Maintenance)], Throttle, () =>
        {
            _called.Release();
            return Task.CompletedTask;
        });

        feed.Publish(new(LiveTopic.Logger, 8));
        feed.Publish(new(LiveTopic.Gateway, 7));
        feed.Publish(new(LiveTopic.Maintenance));

        Assert.True(await _called.WaitAsync(Until.Patience));
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Publish_ManyWithinThrottle_CallsOnceMoreAfterIt()
    {
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, CountAsync);
        feed.Publish(new(LiveTopic.Logger, 7));
        Assert.True(await _called.WaitAsync(Until.Patience));

        for (var i = 0; i < 100; i++)
        {
            feed.Publish(new(LiveTopic.Logger, 7));
        }

        await AdvanceUntilAsync(_called, Throttle);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Publish_WhileTheListenerRuns_CallsOnceMore()
    {
        var feed = Feed();
        var finish = new TaskCompletionSource();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, async () =>
        {
            await CountAsync();
            await finish.Task;
        });
        feed.Publish(new(LiveTopic.Logger, 7));
        Assert.True(await _called.WaitAsync(Until.Patience));

        feed.Publish(new(LiveTopic.Logger, 7));
        Assert.Equal(1, _calls);
        finish.SetResult();

        await AdvanceUntilAsync(_called, Throttle);
        Assert.Equal(2, _calls);
    }

    /// <summary>Whoever publishes, and whatever a run is doing just then: the last change is seen, and calls don't overlap.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Publish_FromSeveralThreadsAgainAndAgain_EveryLastChangeIsSeen(int publishers)
    {
        const int Rounds = 3_000;
        var feed = Feed();
        var (published, seen, inside, overlaps) = (0, 0, 0, 0);
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], TimeSpan.Zero, () =>
        {
            overlaps += Interlocked.Increment(ref inside) - 1;
            Volatile.Write(ref seen, Volatile.Read(ref published));
            Interlocked.Decrement(ref inside);
            return Task.CompletedTask;
        });
        // After each round all wait until its last change was seen, so every round begins with a run that is ending or has just ended.
        using var round = new Barrier(publishers, _ => Assert.True(
            SpinWait.SpinUntil(() => Volatile.Read(ref seen) == Volatile.Read(ref published), Until.Patience), $"Change {published} was lost."));

        await Task.WhenAll(Enumerable.Range(0, publishers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    Interlocked.Increment(ref published);
                    feed.Publish(new(LiveTopic.Logger, 7));
                    round.SignalAndWait();
                }
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal((publishers * Rounds, 0), (seen, overlaps));
    }

    [Fact]
    public async Task Publish_ListenerThrows_IsCalledAgain()
    {
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, async () =>
        {
            await CountAsync();
            throw new InvalidOperationException("a page that fails");
        });
        feed.Publish(new(LiveTopic.Logger, 7));
        Assert.True(await _called.WaitAsync(Until.Patience));

        feed.Publish(new(LiveTopic.Logger, 7));

        await AdvanceUntilAsync(_called, Throttle);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Publish_ListenersFailAgainAndAgain_IsLoggedOnceAMinute()
    {
        // So short that the clock comes nowhere near a minute while it is moved on.
        var throttle = TimeSpan.FromMilliseconds(1);
        var feed = Feed();
        using var subscription = feed.Subscribe([new(LiveTopic.Logger, 7)], throttle, async () =>
        {
            await CountAsync();
            throw new InvalidOperationException("a page that fails");
        });
        await FailAsync(4);
        Assert.Equal(1, _warnings.Count);

        _time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(4);
        Assert.Equal(2, _warnings.Count);

        // What came before the last call has been logged, if it ever will be.
        async Task FailAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                feed.Publish(new(LiveTopic.Logger, 7));
                await AdvanceUntilAsync(_called, throttle);
            }
        }
    }

    [Fact]
    public async Task Dispose_Subscription_IsNotCalledAnyMore()
    {
        var feed = Feed();
        var ended = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, CountAsync);
        using var marker = feed.Subscribe([new(LiveTopic.Logger, 7)], Throttle, () =>
        {
            _called.Release();
            return Task.CompletedTask;
        });

        ended.Dispose();
        feed.Publish(new(LiveTopic.Logger, 7));

        Assert.True(await _called.WaitAsync(Until.Patience));
        Assert.Equal(0, _calls);
    }

    private LiveFeed Feed() => new(_time, new LogLimiter(_time), _warnings);

    private Task CountAsync()
    {
        Interlocked.Increment(ref _calls);
        _called.Release();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Moves the clock on until the next call has come: the throttle's timer may not be set yet when the clock first moves.
    /// </summary>
    private async Task AdvanceUntilAsync(SemaphoreSlim called, TimeSpan throttle)
    {
        using var bound = new CancellationTokenSource(Until.Patience);
        while (!await called.WaitAsync(TimeSpan.FromMilliseconds(5), bound.Token))
        {
            _time.Advance(throttle);
        }
    }

    private sealed class Warnings : ILogger<LiveFeed>
    {
        private int _count;

        public int Count => _count;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref _count);
    }
}
