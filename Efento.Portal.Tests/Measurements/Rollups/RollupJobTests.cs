using CsCheck;
using Efento.Portal.Live;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Measurements.Rollups;

public sealed class RollupJobTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 28, 22, 30, 0, TimeSpan.Zero);
    private ReadingsBench _bench = null!;

    /// <summary>
    /// What arrives: batches of readings of three days, out of order, again, and later with a value where there was none.
    /// </summary>
    private static readonly Gen<(int Minute, double Value)[][]> Arrivals =
        Gen.Select(Gen.Int[-4_300, 20], Gen.Int[-2, 9]).Select(
            (minute, value) => (minute - (minute % 7), value < 0 ? double.NaN : value)).Array[1, 30].Array[1, 6];

    public async ValueTask InitializeAsync() => _bench = await ReadingsBench.CreateAsync(Now);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task RollUp_AnyArrivals_EqualsWhatTheReadingsSay() =>
        await Arrivals.SampleAsync(
            async batches =>
            {
                var series = await _bench.AddSeriesAsync();
                foreach (var batch in batches)
                {
                    await _bench.StoreAsync(series, batch.Select(b => (Now.AddMinutes(b.Minute), b.Value)));
                    if (batch.Length % 2 == 0)
                    {
                        await _bench.RollUpAsync();
                    }
                }

                await _bench.RollUpAsync();
                var hours = _bench.Counted("hour", series, _bench.Queue.RolledBefore);
                return hours.SequenceEqual(_bench.Rolled("hour", series))
                    && _bench.Counted("day", series, Hours.DayOf(_bench.Queue.RolledBefore)).SequenceEqual(
                        _bench.Rolled("day", series).SkipLast(hours.Any(IsOfToday) ? 1 : 0));
            },
            iter: 60,
            threads: 1);

    [Fact]
    public async Task RollUp_PresentHour_WaitsUntilItIsOver()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, (Now, 4));
        await _bench.RollUpAsync();
        Assert.Empty(_bench.Rolled("hour", series));

        _bench.Time.Advance(TimeSpan.FromMinutes(33));
        await _bench.RollUpAsync();

        Assert.Equal(_bench.Counted("hour", series), _bench.Rolled("hour", series));
        Assert.Single(_bench.Rolled("day", series));
    }

    [Fact]
    public async Task RollUp_LateReading_ChangesItsHourAndDayAndIsTold()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, (Now.AddDays(-2), 4));
        await _bench.RollUpAsync();
        var told = new TaskCompletionSource();
        using var following = _bench.Feed.Subscribe([new LiveKey(LiveTopic.Logger, series.LoggerId)], TimeSpan.FromSeconds(1), () =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });

        await _bench.StoreAsync(series, (Now.AddDays(-2).AddMinutes(3), 9));
        await _bench.RollUpAsync();

        Assert.Equal(_bench.Counted("hour", series), _bench.Rolled("hour", series));
        Assert.Equal(_bench.Counted("day", series), _bench.Rolled("day", series));
        await told.Task.WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task RollUp_WhatAnOlderPortalStored_IsRolledUp()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, Enumerable.Range(0, 500).Select(i => (Now.AddHours(-7 * i), (double)i)), isNoted: false);
        await _bench.RestartAsync();

        await _bench.RollUpAsync();

        Assert.Equal(_bench.Counted("hour", series, _bench.Queue.RolledBefore), _bench.Rolled("hour", series));
    }

    [Fact]
    public async Task Load_CommittedButNotNoted_IsRolledUpAfterTheRestart()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, (Now.AddDays(-2), 4));
        await _bench.RollUpAsync();
        await _bench.StoreAsync(series, [(Now.AddDays(-2).AddMinutes(3), 9), (Now.AddDays(-1), 5)], isNoted: false);

        await _bench.RestartAsync();
        await _bench.RollUpAsync();

        Assert.Equal(_bench.Counted("hour", series), _bench.Rolled("hour", series));
        Assert.Equal(_bench.Counted("day", series), _bench.Rolled("day", series));
    }

    [Fact]
    public async Task RollUp_DatabaseOpenedAnew_FindsWhatMemoryMissed()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, (Now.AddDays(-2), 4));
        await _bench.RollUpAsync();
        await _bench.StoreAsync(series, [(Now.AddDays(-2).AddMinutes(3), 9)], isNoted: false);
        using (var lease = await _bench.Gate.EnterAsync())
        {
            lease.DiscardConnection();
        }

        _bench.Reach();
        await _bench.RollUpAsync();

        Assert.Equal(_bench.Counted("hour", series), _bench.Rolled("hour", series));
    }

    [Fact]
    public async Task DeleteBefore_DayThatIsOver_TakesItsRollupsAlong()
    {
        var series = await _bench.AddSeriesAsync();
        await _bench.StoreAsync(series, Enumerable.Range(0, 10).Select(i => (Now.AddHours(-12 * i), (double)i)));
        _bench.Time.Advance(TimeSpan.FromHours(1));
        await _bench.RollUpAsync();

        await _bench.DeleteBeforeAsync(Now.AddDays(-2));

        Assert.Equal(6, _bench.Rolled("hour", series).Count);
        Assert.Equal(_bench.Counted("hour", series), _bench.Rolled("hour", series));
        Assert.Equal(_bench.Counted("day", series), _bench.Rolled("day", series));
    }

    /// <summary>Today is not over: what is rolled up of it is a part.</summary>
    private static bool IsOfToday(string line) =>
        Hours.DayOf(long.Parse(line.Split('|')[0])) == Hours.DayOf(Hours.Of(Now.ToUnixTimeMilliseconds()));
}
