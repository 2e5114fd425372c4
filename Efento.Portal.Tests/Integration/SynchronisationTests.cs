using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What a gateway does after somebody set a logger to N, refused it, or took that back.</summary>
public sealed class SynchronisationTests : IAsyncLifetime
{
    private static readonly Actor Anna = new(ActorKind.Person, "anna@portal.test");

    private PortalUnderTest _portal = null!;
    private OneGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        _gateway = new OneGateway(_portal.Address, PortalUnderTest.GatewayToken);
        await _gateway.SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task N_NextReply_MakesTheGatewayDropTheLogger()
    {
        Assert.Equal(_gateway.Serials(0, 1), _gateway.KeptLoggers);

        await SetAsync(false, 0);
        await _gateway.SendAsync();

        Assert.Equal(_gateway.Serials(1), _gateway.KeptLoggers);
    }

    [Fact]
    public async Task Undo_NextReply_MakesTheGatewayKeepItAgain()
    {
        var outcome = await SetAsync(false, 0, 1);
        await _gateway.SendAsync();
        Assert.Empty(_gateway.KeptLoggers);

        await _portal.Get<SynchroniseSwitch>().SetAsync(Anna, outcome.Undo, "Undone");
        await _gateway.SendAsync();

        Assert.Equal(_gateway.Serials(0, 1), _gateway.KeptLoggers);
    }

    private async Task<FlagOutcome> SetAsync(bool synchronise, params int[] handles)
    {
        var loggers = _portal.Get<LoggerDirectory>();
        var ids = _gateway.Serials(handles).Select(serial => loggers.TryGet(serial, out var logger) ? logger.Id : 0).ToList();
        var both = _portal.Get<SynchroniseSwitch>();
        return await both.SetAsync(Anna, (await both.PreviewAsync(ids, synchronise)).Changes, "probe broken");
    }
}
