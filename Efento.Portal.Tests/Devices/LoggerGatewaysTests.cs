using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerGatewaysTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly LoggerGateways _gateways = new();

    [Fact]
    public void Now_TwoGateways_TheOneHeardLastComesFirst()
    {
        Note(1, Noon, -60);
        Note(2, Noon.AddMinutes(1), -80);
        Note(1, Noon.AddMinutes(3), -61);

        Assert.Equal([(1, -61), (2, -80)], Now);
    }

    [Fact]
    public void Now_NotThroughAGatewayForADay_IsNoLongerHeardByIt()
    {
        Note(1, Noon, -60);
        Note(2, Noon.AddHours(24), -80);
        Assert.Equal(2, Now.Count());

        Note(2, Noon.AddHours(24).AddSeconds(1), -80);

        Assert.Equal([(2, -80)], Now);
    }

    [Fact]
    public void Now_MeasuresOnceInTenDays_IsHeardByBothForAMonth()
    {
        Note(1, Noon, -60, intervalSeconds: 864_000);
        Note(2, Noon.AddDays(20), -80, intervalSeconds: 864_000);

        Assert.Equal([2, 1], Now.Select(c => c.Gateway));
    }

    [Fact]
    public void Now_ReadAgainFromBefore_KeepsWhatIsNewer()
    {
        Note(1, Noon, -60);
        Note(1, Noon.AddMinutes(-5), -90);

        Assert.Equal([(1, -60)], Now);
    }

    [Fact]
    public void Now_GatewayUnknown_IsNotThere()
    {
        Note(null, Noon, -60);

        Assert.Empty(Now);
    }

    [Fact]
    public void Now_MoreGatewaysThanAreRemembered_AreTheLast()
    {
        for (var i = 1; i <= LoggerGateways.Most + 3; i++)
        {
            Note(i, Noon.AddMinutes(i), -60);
        }

        Assert.Equal(Enumerable.Range(4, LoggerGateways.Most).Reverse(), Now.Select(c => c.Gateway));
    }

    private IEnumerable<(int Gateway, int Signal)> Now =>
        _gateways.Now(new ReceiptTimes()).Select(c => (c.GatewayId!.Value, (int)c.Signal!.Value));

    private void Note(int? gateway, DateTimeOffset at, short signal, int intervalSeconds = 180)
    {
        var ms = at.ToUnixTimeMilliseconds();
        _gateways.Note(new LoggerContact(ms, intervalSeconds, 0, signal, null, MessageId.First(ms), gateway));
    }
}
