using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Simulation;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>What a gateway does after somebody set a logger to N, refused it, or took that back.</summary>
public sealed class SynchronisationTests : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test");

    private readonly SocketsHttpHandler _handler = GatewayHttp.CreateHandler();
    private readonly FakeTimeProvider _gatewayTime = new(Some.Now().AddHours(-2));
    private readonly VirtualLogger[] _loggers = [.. Enumerable.Range(0, 2).Select(i => VirtualLogger.Create(11, i, TimeSpan.FromMinutes(3), LoggerKind.Fridge))];
    private PortalUnderTest _portal = null!;
    private VirtualGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _gateway = new VirtualGateway(
            new VirtualGatewayOptions { Server = _portal.Address, Token = PortalUnderTest.GatewayToken, Serial = SimulatedSerial.OfGateway(11, 0) },
            _loggers,
            SimulationClock.RealTime(_gatewayTime),
            _handler);
        await SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        _handler.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task N_NextReply_MakesTheGatewayDropTheLogger()
    {
        Assert.Equal(Serials(0, 1), _gateway.KeptLoggers.Order());

        await SetAsync(false, 0);
        await SendAsync();

        Assert.Equal(Serials(1), _gateway.KeptLoggers);
        Assert.Empty(_gateway.Tally.Violations);
    }

    [Fact]
    public async Task Undo_NextReply_MakesTheGatewayKeepItAgain()
    {
        var outcome = await SetAsync(false, 0, 1);
        await SendAsync();
        Assert.Empty(_gateway.KeptLoggers);

        await _portal.Get<SynchroniseSwitch>().SetAsync(Anna, outcome.Undo, "Undone");
        await SendAsync();

        Assert.Equal(Serials(0, 1), _gateway.KeptLoggers.Order());
    }

    private IEnumerable<string> Serials(params int[] indices) => indices.Select(i => _loggers[i].Serial).Order();

    private async Task<FlagOutcome> SetAsync(bool synchronise, params int[] indices)
    {
        var loggers = _portal.Get<LoggerDirectory>();
        var ids = indices.Select(i => loggers.TryGet(_loggers[i].Serial, out var logger) ? logger.Id : 0).ToList();
        var both = _portal.Get<SynchroniseSwitch>();
        return await both.SetAsync(Anna, (await both.PreviewAsync(ids, synchronise)).Changes, "probe broken");
    }

    /// <summary>The loggers measure once more, and the gateway sends until it has nothing left.</summary>
    private async Task SendAsync()
    {
        _gatewayTime.Advance(TimeSpan.FromMinutes(3));
        SendResult result;
        while ((result = await _gateway.SendOnceAsync()).Outcome is not SendOutcome.NothingToSend)
        {
            Assert.Equal(SendOutcome.Received, result.Outcome);
        }
    }
}
