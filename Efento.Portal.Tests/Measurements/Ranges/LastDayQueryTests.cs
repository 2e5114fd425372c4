using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Measurements.Ranges;

public sealed class LastDayQueryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Now());
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Read_HoursRolledUpAndRunning_AreAllThere()
    {
        await MeasureAsync(Enumerable.Range(0, 80).Select(i => (i * 15, 4.0 + (i % 4))));
        await _portal.Get<RollupKeeper>().RollUpAsync();

        var day = Read();

        Assert.InRange(day.Hours.Count, 20, 21);
        Assert.Equal((4, 7), (day.Min, day.Max));
        Assert.Equal(Some.Now(_time).ToUnixTimeMilliseconds(), day.Hours[^1].LastMs);
        Assert.Empty(day.Gaps(TimeSpan.FromMinutes(16)));
    }

    [Fact]
    public async Task Read_HoursWithoutAReading_AreAGap()
    {
        await MeasureAsync([(600, 4), (590, 5), (30, 4), (20, 5)]);
        await _portal.Get<RollupKeeper>().RollUpAsync();

        var gaps = Read().Gaps(TimeSpan.FromMinutes(16)).ToList();

        Assert.Equal([560, 20], gaps.Select(g => (g.ToMs - g.FromMs) / 60_000));
    }

    [Fact]
    public async Task Read_NewerValueWithinAMinute_IsKept()
    {
        await MeasureAsync([(3, 4)]);
        var before = Read();
        await MeasureAsync([(0, 9)]);

        Assert.Same(before, Read());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(9, Read().Max);
    }

    [Fact]
    public async Task Read_LateValue_IsThereWithinFiveMinutes()
    {
        await MeasureAsync([(0, 4)]);
        Read();
        await MeasureAsync([(90, 9)]);
        await _portal.Get<RollupKeeper>().RollUpAsync();

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(9, Read().Max);
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
        var records = values.OrderByDescending(v => v.MinutesAgo).Select(v => Some.Record(_serial, Some.Now(_time).AddMinutes(-v.MinutesAgo), v.Value));
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
    }
}
