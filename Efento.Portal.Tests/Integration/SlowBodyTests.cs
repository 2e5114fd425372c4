using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>A body that stalls gives its room back.</summary>
public sealed class SlowBodyTests
{
    [Theory]
    [InlineData(2_000)]
    [InlineData(200_000)]
    public async Task Body_OfAKnownTokenBelowThePaceAfterAMinute_Is408AndNothingOfItIsStored(int announced)
    {
        var time = new FakeTimeProvider(Some.Start);
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = time });
        using var slow = await RawConnection.OpenAsync(portal.Address);
        await slow.SendAsync(
            RawConnection.Head(GatewayPaths.Measurements, announced) + $"{{\"measurements\":[{Some.Record(Some.Serial(), Some.Now())},");
        await Until.TrueAsync(() => portal.Get<BodyRoom>().Arriving > 0);

        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(408, (await slow.ReadReplyAsync()).Status);
        Assert.True(await slow.IsClosedAsync());
        Assert.Equal(0, portal.Get<BodyRoom>().Arriving);
        Assert.Equal(
            (0, 0, 0), (portal.Database.Count("message"), portal.Database.Count("reading"), portal.Database.Count("quarantine_item")));
    }
}
