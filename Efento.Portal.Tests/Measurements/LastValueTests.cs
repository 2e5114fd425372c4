using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Measurements;

/// <summary>What is known of a channel whose sensor fails.</summary>
public sealed class LastValueTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(9, false)]
    [InlineData(4_000, false)]
    [InlineData(4_000, true)]
    public async Task LastValue_SensorFailedBeforeARestart_IsFoundAgain(int minutesAgo, bool isRolledUp)
    {
        await MeasureAsync(minutesAgo + 3, Some.Param(3.5));
        await MeasureAsync(minutesAgo, Some.Param(4.5));
        await MeasureAsync(minutesAgo - 3, Some.Param(0, "ERROR"));
        await MeasureAsync(0, Some.Param(null, "NO_VALUE"));
        if (isRolledUp)
        {
            await _portal.Get<RollupJob>().RollUpAsync();
        }

        _portal.Get<SeriesDirectory>().ReadLatest(_portal.Get<IReadingStore>(), _time.GetUtcNow().ToUnixTimeMilliseconds());

        var series = Assert.Single(
            (await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial, TestContext.Current.CancellationToken))!.Series);
        Assert.True(series.IsSensorError);
        Assert.Equal(
            (4.5, Some.Now(_time).AddMinutes(-minutesAgo)), (series.LastValue!.Value.Measurement, series.LastValue.Value.MeasuredAtUtc));
    }

    [Fact]
    public async Task LastValue_OlderOneComesLater_IsTakenInAtOnce()
    {
        await MeasureAsync(9, Some.Param(3.5));
        await MeasureAsync(0, Some.Param(0, "ERROR"));
        await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial, TestContext.Current.CancellationToken);
        await MeasureAsync(6, Some.Param(4.5));

        var logger = await _portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, _serial, TestContext.Current.CancellationToken);

        Assert.Equal(4.5, logger!.Series[0].LastValue?.Measurement);
    }

    private async Task MeasureAsync(int minutesAgo, string param) =>
        Assert.Equal(
            201,
            (
                await _portal.Client.MeasureAsync(
                    Some.Body(Some.Record(_serial, Some.Now(_time).AddMinutes(-minutesAgo), null, param)))).Status);
}
