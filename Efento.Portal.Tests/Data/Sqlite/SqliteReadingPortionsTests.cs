using Efento.Portal.Data.Sqlite;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Data.Sqlite;

/// <summary>Portions hold each reading once, are bounded, and leave no transaction behind.</summary>
public sealed class SqliteReadingPortionsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private ReadingsBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await ReadingsBench.CreateAsync(Start.AddYears(11));

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(180, 5_000)]
    [InlineData(60, 3_000)]
    [InlineData(1_800, 2_500)]
    public async Task Read_ToTheEnd_GivesEachReadingOnceInOrder(int seconds, int count)
    {
        var series = await _bench.AddSeriesAsync();
        await StoreAsync(series, Enumerable.Range(0, count).Select(i => Start.AddSeconds((long)seconds * i)));

        var portions = ReadAll(series);

        Assert.Equal(Enumerable.Range(0, count).Select(i => (double)i), portions.SelectMany(p => p).Select(r => r.Reading.Value!.Value));
        Assert.All(portions, p => Assert.InRange(p.Count, 0, SqliteReadingPortions.EnoughReadings + 15));
    }

    [Fact]
    public async Task Read_MoreInAQuarterThanAPortionTakes_GoesOnWithinIt()
    {
        var series = await _bench.AddSeriesAsync();
        var count = (2 * SqliteReadingPortions.MostOfQuarter) + 7;
        await StoreAsync(series, Enumerable.Range(0, count).Select(i => Start.AddMilliseconds(100 * i)));

        var portions = ReadAll(series);

        Assert.Equal(count, portions.SelectMany(p => p).Select(r => r.Reading.MeasuredAtMs).Distinct().Count());
        Assert.Equal(count, portions.Sum(p => p.Count));
        Assert.All(portions, p => Assert.InRange(p.Count, 1, SqliteReadingPortions.MostOfQuarter));
    }

    [Fact]
    public async Task Read_OneReadingADayForYears_EndsAPortionByItsSearches()
    {
        var series = await _bench.AddSeriesAsync();
        await StoreAsync(series, Enumerable.Range(0, 900).Select(i => Start.AddDays(i)));

        var portions = ReadAll(series);

        Assert.Equal(900, portions.Sum(p => p.Count));
        Assert.All(portions, p => Assert.InRange(p.Count, 0, 100));
    }

    [Fact]
    public async Task Read_FromAndTo_TakesFromAndLeavesTo()
    {
        var series = await _bench.AddSeriesAsync();
        await StoreAsync(series, Enumerable.Range(0, 10).Select(i => Start.AddMinutes(i)));
        List<SeriesReading> found = [];

        var next = _bench.Portions.Read(series.LoggerId, [series], Ms(Start.AddMinutes(2)), Ms(Start.AddMinutes(5)), found);

        Assert.Null(next);
        Assert.Equal([2, 3, 4], found.Select(r => r.Reading.Value!.Value));
    }

    /// <summary>A reader that stayed would keep the log from being copied into the database to its end.</summary>
    [Fact]
    public async Task Read_APortion_LeavesNoTransactionBehind()
    {
        var series = await _bench.AddSeriesAsync();
        await StoreAsync(series, Enumerable.Range(0, 5_000).Select(i => Start.AddMinutes(3 * i)));

        Assert.NotNull(_bench.Portions.Read(series.LoggerId, [series], long.MinValue, long.MaxValue, []));

        await StoreAsync(series, [Start.AddDays(-1)]);
        using var lease = await _bench.Gate.EnterAsync();
        using var checkpoint = lease.Connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)";
        using var row = await checkpoint.ExecuteReaderAsync();
        await row.NextResultAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal(0, row.GetInt64(0));
    }

    private List<List<SeriesReading>> ReadAll(SeriesEntry series)
    {
        List<List<SeriesReading>> portions = [];
        for (long? from = long.MinValue; from is { } next;)
        {
            List<SeriesReading> portion = [];
            from = _bench.Portions.Read(series.LoggerId, [series], next, long.MaxValue, portion);
            portions.Add(portion);
        }

        return portions;
    }

    private Task StoreAsync(SeriesEntry series, IEnumerable<DateTimeOffset> times) =>
        _bench.StoreAsync(series, times.Select((at, i) => (at, (double)i)));

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
