using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>A gateway replaced by another under the same token: whose the measurements are that name none.</summary>
public sealed class ReplacedGatewayTests : IAsyncLifetime
{
    private const string Old = "282C03000001";
    private const string New = "282C03000002";
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Measurements_OldOneSilentForAnHour_BelongToTheNewOne()
    {
        await BeatAsync(Old);
        await BeatForAsync(TimeSpan.FromMinutes(60), New);
        Assert.Null(await OwnerAsync());

        await BeatForAsync(TimeSpan.FromMinutes(15), New);

        Assert.Equal(New, await OwnerAsync());
        Assert.Equal(1, _portal.Database.Scalar<long>("SELECT count(*) FROM message WHERE records > 0 AND gateway_id IS NULL"));
    }

    [Fact]
    public async Task Measurements_OldOneIsHeardAgain_BelongToNeither()
    {
        await BeatAsync(Old);
        await BeatForAsync(TimeSpan.FromMinutes(75), New);
        Assert.Equal(New, await OwnerAsync());

        await BeatAsync(Old);

        Assert.Null(await OwnerAsync());
    }

    [Fact]
    public async Task Measurements_OldOneBeatsEveryTwoHours_IsWaitedForTwiceAsLong()
    {
        await BeatForAsync(TimeSpan.FromHours(4), Old, TimeSpan.FromHours(2));
        await BeatForAsync(TimeSpan.FromHours(4), New, TimeSpan.FromMinutes(30));
        Assert.Null(await OwnerAsync());

        await BeatForAsync(TimeSpan.FromMinutes(30), New, TimeSpan.FromMinutes(30));

        Assert.Equal(New, await OwnerAsync());
    }

    [Fact]
    public async Task Measurements_BothSilent_BelongToNeither()
    {
        await BeatAsync(Old);
        await BeatAsync(New);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Null(await OwnerAsync());
    }

    private Task BeatAsync(string serial) => _portal.Client.BeatAsync(Some.Heartbeat(serial));

    /// <summary>Beats at once and from then on, the last time at the end of the time.</summary>
    private async Task BeatForAsync(TimeSpan time, string serial, TimeSpan? every = null)
    {
        await BeatAsync(serial);
        var interval = every ?? TimeSpan.FromMinutes(15);
        for (var passed = TimeSpan.Zero; passed < time; passed += interval)
        {
            _time.Advance(interval);
            await BeatAsync(serial);
        }
    }

    /// <summary>Whose measurements are that come now and name no gateway; null if they are the token's alone.</summary>
    private async Task<string?> OwnerAsync()
    {
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now(_time))))).Status);
        return _portal.Database.Lines(
            "SELECT coalesce(g.serial, '') FROM message m LEFT JOIN gateway g ON g.id = m.gateway_id WHERE m.records > 0 ORDER BY m.id").Last() is { Length: > 0 } serial
            ? serial
            : null;
    }
}
