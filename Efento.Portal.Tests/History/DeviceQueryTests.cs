using Efento.Portal.History;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.History;

public sealed class DeviceQueryTests : IAsyncLifetime
{
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Read_Signals_AreExtremesAndMeanOfEachStep()
    {
        await MeasureAsync(Enumerable.Range(0, 100).Select(i => Record(i, i == 50 ? -95 : -70)));

        var signal = (await ReadAsync(TimeSpan.FromDays(30), [])).Signal;

        Assert.InRange(signal.Count, 1, 4);
        Assert.Equal((-95, -70), (signal.Min(p => p.Min), signal.Max(p => p.Max)));
        Assert.All(signal, p => Assert.InRange(p.Mean, -71, -70));
    }

    [Fact]
    public async Task Read_Gap_BreaksTheLine()
    {
        await MeasureAsync(Enumerable.Range(0, 60).Where(i => i is < 20 or > 40).Select(i => Record(i, -70)));
        var gap = new HistoryGap(At(41).ToUnixTimeMilliseconds(), At(19).ToUnixTimeMilliseconds(), GapCause.GatewayOffline);

        Assert.Single((await ReadAsync(TimeSpan.FromHours(6), [gap])).Signal, p => p.IsBreak);
        Assert.DoesNotContain((await ReadAsync(TimeSpan.FromHours(6), [gap with { Cause = GapCause.NoValue }])).Signal, p => p.IsBreak);
    }

    [Fact]
    public async Task Read_Battery_IsStretchesToTheLastRecord()
    {
        await MeasureAsync([Record(30, -70), Record(20, -70, "low"), Record(10, -70, "low")]);

        var battery = (await ReadAsync(TimeSpan.FromHours(6), [])).Battery;

        Assert.Equal(
            [(At(30), At(20), 0), (At(20), At(10), 1)],
            battery.Select(
                s => (DateTimeOffset.FromUnixTimeMilliseconds(s.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(s.ToMs), s.State!.Value)));
    }

    [Fact]
    public async Task Read_BatteryOfBeforeTheRange_ReachesIntoIt()
    {
        await MeasureAsync([Record(60, -70, "low"), Record(10, -70, "low")]);

        var state = Assert.Single((await ReadAsync(TimeSpan.FromHours(1), [])).Battery);

        Assert.Equal((_now.AddHours(-1), 1), (DateTimeOffset.FromUnixTimeMilliseconds(state.FromMs), state.State));
    }

    private DateTimeOffset At(int intervalsAgo) => _now.AddMinutes(-3 * intervalsAgo);

    private string Record(int intervalsAgo, int signal, string battery = "ok") =>
        Some.Record(_serial, At(intervalsAgo), null, 180, battery, Some.Param(4)).Replace(
            "\"signal\":-70", $"\"signal\":{signal}", StringComparison.Ordinal);

    private async Task MeasureAsync(IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);

    private async Task<DeviceHistory> ReadAsync(TimeSpan back, IReadOnlyList<HistoryGap> gaps) =>
        await _portal.Get<DeviceQuery>().ReadAsync(await _portal.PointAsync(1), _now - back, _now.AddSeconds(1), gaps);
}
