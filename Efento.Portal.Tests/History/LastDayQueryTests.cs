using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.History;

public sealed class LastDayQueryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Read_HoursRolledUpAndRunning_AreAllThere()
    {
        await MeasureAsync(Enumerable.Range(0, 80).Select(i => (i * 15, 4.0 + (i % 4))));
        await _portal.Get<RollupJob>().RollUpAsync();

        var day = Read();

        Assert.InRange(day.Hours.Count, 20, 21);
        Assert.Equal((4, 7), (day.Min, day.Max));
        Assert.Equal(Some.Now(_time).ToUnixTimeMilliseconds(), day.Hours[^1].LastMs);
        Assert.Empty(day.Gaps);
    }

    [Fact]
    public async Task Read_HoursWithoutAReading_AreAGap()
    {
        await MeasureAsync([(600, 4), (597, 5), (594, 4), (591, 5), (30, 4), (27, 5), (24, 4), (21, 5)]);
        await _portal.Get<RollupJob>().RollUpAsync();

        Assert.Equal([561, 21], Read().Gaps.Select(g => (g.ToMs - g.FromMs) / 60_000));
    }

    [Fact]
    public async Task Read_NewerValueWithinAMinute_IsKept()
    {
        await MeasureAsync([(120, 4), (3, 4)]);
        var before = Read();
        await MeasureAsync([(0, 9)]);

        Assert.Same(before, Read());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(9, Read().Max);
    }

    [Fact]
    public async Task Read_LateValue_IsThereAtOnceAndStays()
    {
        await _portal.Get<RollupJob>().RollUpAsync();
        await MeasureAsync([(180, 4), (0, 4)]);
        Assert.Equal(4, Read().Max);

        await MeasureAsync([(90, 9)]);
        Assert.Equal(9, Read().Max);

        await _portal.Get<RollupJob>().RollUpAsync();
        await MeasureAsync([(95, 8)]);
        Assert.Equal(9, Read().Max);
    }

    [Fact]
    public async Task Read_HistoryOfANewLogger_IsThereAsItComes()
    {
        await _portal.Get<RollupJob>().RollUpAsync();
        await MeasureAsync([(1_200, 3)]);
        Assert.Single(Read().Hours);

        await MeasureAsync(Enumerable.Range(1, 9).Select(i => (1_200 - (60 * i), 4.0)));
        Assert.Equal(10, Read().Hours.Count);

        await MeasureAsync(Enumerable.Range(10, 10).Select(i => (1_200 - (60 * i), 5.0)));
        Assert.Equal(20, Read().Hours.Count);
    }

    [Theory]
    [InlineData(60, 0, 0)]
    [InlineData(60, 240, 420)]
    [InlineData(3, 400, 430)]
    [InlineData(3, 3, 33)]
    [InlineData(12, 50, 140)]
    public async Task Gaps_AnyRhythm_AreThoseOfTheChart(int spacing, int missingFrom, int missingTo)
    {
        await MeasureAsync(
            Enumerable.Range(0, 1_200 / spacing)
                .Select(i => i * spacing)
                .Where(ago => ago < missingFrom || ago > missingTo)
                .Select(ago => (ago, 5.0)));
        await _portal.Get<RollupJob>().RollUpAsync();

        var day = Read();

        var chart = await _portal.Get<RangeQuery>().ReadAsync(
            await _portal.PointAsync(1), DateTimeOffset.FromUnixTimeMilliseconds(day.FromMs), _time.GetUtcNow(),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Assert.Single(chart.Channels).Gaps.Select(g => (g.FromMs, g.ToMs)), day.Gaps.Select(g => (g.FromMs, g.ToMs)));
        Assert.Equal(missingTo > 0, day.Gaps.Count > 0);
    }

    [Fact]
    public async Task Hours_NewestAfterAGap_StandsAlone()
    {
        await MeasureAsync([.. Enumerable.Range(11, 400).Select(i => (3 * i, 5.0)), (0, 48)]);
        await _portal.Get<RollupJob>().RollUpAsync();

        var day = Read();

        Assert.Equal((1, 48, 48), (day.Hours[^1].Count, day.Hours[^1].Min, day.Hours[^1].Max));
        Assert.Equal(5, day.Hours[^2].Max);
    }

    [Fact]
    public async Task Read_ScopeThatDoesNotSeeIt_IsEmpty()
    {
        await MeasureAsync([(0, 4)]);
        var nothing = _portal.Get<SiteScopes>().Of(new System.Security.Claims.ClaimsPrincipal());

        Assert.Empty(_portal.Get<LastDayQuery>().Read(nothing, [SeriesId]));
    }

    private int SeriesId => _portal.Get<SeriesDirectory>().All.Single().Id;

    private LastDay Read() => _portal.Get<LastDayQuery>().Read(SiteScope.Everything, [SeriesId])[SeriesId];

    private async Task MeasureAsync(IEnumerable<(int MinutesAgo, double Value)> values)
    {
        var records = values.OrderByDescending(v => v.MinutesAgo).Select(
            v => Some.Record(_serial, Some.Now(_time).AddMinutes(-v.MinutesAgo), v.Value));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
    }
}
