using Bunit;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Pages.Gateways;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Browser;

/// <summary>What is left of a component when it has gone: a timer that still runs would keep it in memory, and with it its page.</summary>
public sealed class LiveComponentTests : PortalPageContext
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CountedTimers _timers = null!;

    protected override void Arrange()
    {
        _timers = new CountedTimers(Time);
        Services.AddSingleton<TimeProvider>(_timers);
        Services.AddSingleton(_loaded);
    }

    [Fact]
    public async Task Component_GoneWhileItLoads_LeavesNoTimer()
    {
        var slow = Render<SlowComponent>();

        await slow.InvokeAsync(slow.Instance.Dispose);
        _loaded.SetResult();
        await slow.Instance.Awaited.WaitAsync(Until.Patience);

        Assert.Equal(0, _timers.Running);
    }

    [Fact]
    public async Task Overview_GoneWhileALoggerGetsLate_LeavesNoTimer()
    {
        await MeasureAsync(Some.Record(Some.Serial(), Now), Some.Record(Some.Serial(), Now.AddMinutes(2)));

        await LeaveWhileTimeTurnsAsync<OverviewPage>(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Gateways_GoneWhileAGatewayGoesOffline_LeaveNoTimer()
    {
        await BeatAsync("282C00000001");
        Time.Advance(TimeSpan.FromMinutes(3));
        await BeatAsync("282C00000002");

        // Gateways are offline after half an hour.
        await LeaveWhileTimeTurnsAsync<GatewaysPage>(TimeSpan.FromMinutes(28));
    }

    /// <summary>The page's timer is due while its thread has just begun to let the page go.</summary>
    private async Task LeaveWhileTimeTurnsAsync<TPage>(TimeSpan by)
        where TPage : LiveComponent
    {
        var page = Render<TPage>();
        Assert.Equal(1, _timers.Running);
        var fired = _timers.Fired;

        await page.InvokeAsync(() =>
        {
            var clock = new Thread(() => Time.Advance(by));
            clock.Start();
            clock.Join();
            page.Instance.Dispose();
        });

        await page.InvokeAsync(() => Assert.Equal((fired + 1, 0), (_timers.Fired, _timers.Running)));
    }

    private sealed class SlowComponent : LiveComponent
    {
        private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Awaited => _awaited.Task;

        [Inject]
        private TaskCompletionSource Loaded { get; set; } = null!;

        protected override async Task LoadAsync()
        {
            await Loaded.Task;
            AwaitTurn(TimeSpan.FromMinutes(1), StateHasChanged);
            _awaited.SetResult();
        }
    }

    /// <summary>Counts the timers of the pages, not those of the portal behind them.</summary>
    private sealed class CountedTimers(TimeProvider time) : TimeProvider
    {
        private int _running;
        private int _fired;

        public int Running => Volatile.Read(ref _running);

        public int Fired => Volatile.Read(ref _fired);

        public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _running);
            return new Counted(this, time.CreateTimer(s => Fire(callback, s), state, dueTime, period));
        }

        private void Fire(TimerCallback callback, object? state)
        {
            Interlocked.Increment(ref _fired);
            callback(state);
        }

        private sealed class Counted(CountedTimers all, ITimer timer) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                {
                    Interlocked.Decrement(ref all._running);
                }

                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
