using Efento.Portal.Streaming;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Streaming;

/// <summary>What many screens cost.</summary>
public sealed class LiveGroupTests
{
    private const int Screens = 50;

    [Fact]
    public async Task Change_ForManyScreensOfOneScope_IsAskedForOnce()
    {
        var queries = new QueryCounter();
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = queries.AddTo });
        var serial = Some.Serial();
        var another = Some.Serial();
        await MeasureAsync(serial, 4.1);
        var screens = await Task.WhenAll(
            Enumerable.Range(0, Screens).Select(_ => LiveClient.ConnectAsync(portal.Address, LiveHub.Path, PortalUnderTest.ApiToken)));
        var before = queries.Count;

        await MeasureAsync(another, 7.3);
        await Until.TrueAsync(() => screens.All(screen => screen.ValueOf(another) is 7.3));

        Assert.Single(
            queries.After(before), query =>
                query.Contains("FROM \"logger\"", StringComparison.Ordinal) && query.Contains("measuring_point", StringComparison.Ordinal));
        foreach (var screen in screens)
        {
            await screen.DisposeAsync();
        }

        async Task MeasureAsync(string of, double value) =>
            Assert.Equal(201, (await portal.Client.MeasureAsync(Some.Body(Some.Record(of, Some.Now(), value)))).Status);
    }
}
