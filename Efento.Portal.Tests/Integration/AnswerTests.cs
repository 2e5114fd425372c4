using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What gateways are answered.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task Measurements_WellFormed_AreStoredAndAnswered201()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var now = Some.Now();

        var reply = await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), now, 21.5, handle: 0)));

        Assert.Equal(201, reply.Status);
        Assert.Equal("""{"Y":[0],"N":[]}""", reply.Body);
        Assert.Equal($"{now.ToUnixTimeMilliseconds()}|21.5", Assert.Single(portal.Database.Lines("SELECT measured_at, value FROM reading")));
    }

    [Fact]
    public async Task Process_Started_TakesMeasurements()
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(data.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);

        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
    }
}
