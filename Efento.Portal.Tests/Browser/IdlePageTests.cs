using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Browser;

[Trait(Category.Name, Category.Browser)]
public sealed class IdlePageTests(Chromium chromium)
{
    [Fact]
    public async Task Pages_NothingArrives_AskNothing()
    {
        var queries = new QueryCounter();
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = queries.AddTo });
        var serial = Some.Serial();
        await portal.Client.BeatAsync(Some.Heartbeat("282C00000001"));
        await portal.Client.MeasureAsync(
            Some.Body(Some.Record(serial, Some.Now().AddMinutes(-3), 4.5), Some.Record(serial, Some.Now(), 4.5)));
        await using var overview = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var logger = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var gateways = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await using var gateway = await PageInBrowser.OpenAsync(chromium, portal.Address);
        await overview.GoAsync("");
        await gateways.GoAsync("gateways");
        await gateway.GoAsync("gateways/1");
        await logger.GoAsync($"loggers/{serial}");
        await portal.Client.MeasureAsync(Some.Body(Some.Record(serial, Some.Now(), 4.5)));
        await logger.PointsAsync(3);
        Assert.True(queries.Count > 0);

        await overview.UntilAsync(
            "document.querySelector('.logger-tile portal-age').textContent === '10 s ago'", limit: TimeSpan.FromSeconds(40));
        var before = queries.Count;
        await overview.UntilAsync(
            "document.querySelector('.logger-tile portal-age').textContent === '20 s ago'", limit: TimeSpan.FromSeconds(40));

        Assert.Empty(queries.After(before));
    }
}
