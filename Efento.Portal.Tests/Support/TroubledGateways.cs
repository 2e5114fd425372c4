using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A portal with two days of five gateways: one in order, one on its battery since three hours, one that was off for five hours and then
/// began anew, one that is offline since an hour, and one stuck with a message that is too large.
/// </summary>
public sealed class TroubledGateways : IAsyncDisposable
{
    private const int Beats = 192;
    private static readonly string[] Names = ["Well", "Battery", "Restarted", "Offline", "Stuck"];
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>The portal's clock.</summary>
    public required FakeTimeProvider Time { get; init; }

    /// <summary>The portal.</summary>
    public required PortalUnderTest Portal { get; init; }

    /// <summary>A logger both the first and the second gateway hear.</summary>
    public string Shared { get; } = Some.Serial();

    /// <summary>A logger the first gateway alone hears.</summary>
    public string Alone { get; } = Some.Serial();

    /// <summary>Starts it and lets the two days pass.</summary>
    public static async Task<TroubledGateways> StartAsync()
    {
        var time = new FakeTimeProvider(Some.Start);
        var portal = await PortalUnderTest.StartAsync(new() { Time = time, Settings = { ["Portal:Ingest:MaxBodyBytes"] = "20000" } });
        var scene = new TroubledGateways { Time = time, Portal = portal };
        await scene.PassAsync();
        return scene;
    }

    /// <summary>A gateway by its name.</summary>
    public async Task<GatewayOverview> FindAsync(string name) =>
        (await Portal.Get<GatewayQuery>().ListAsync(SiteScope.Everything)).Single(g => g.Name == name);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private async Task PassAsync()
    {
        List<PortalClient> clients = [];
        foreach (var name in Names)
        {
            var issued = await Portal.Get<TokenIssuer>().IssueGatewayTokenAsync(Actor.Command, new GatewayTokenDraft { Name = name });
            clients.Add(new PortalClient(Portal.Address, issued.Issued!.Text!));
        }

        for (var beat = 0; beat < Beats; beat++)
        {
            await BeatAsync(clients, beat, 900L * beat);
            Time.Advance(Every);
        }

        await MeasureAsync(clients[0], Shared, Alone);
        await MeasureAsync(clients[1], Shared);
        await clients[4].MeasureAsync(new string(' ', 30_000));
        for (var i = 0; i < Names.Length; i++)
        {
            var note = i == 0 ? "Server room, second shelf.\nAsk the caretaker for the key." : null;
            await Portal.Get<GatewayNaming>().RenameAsync(SiteScope.Everything, Actor.Command, new Seen(i + 1, 0), Names[i], note);
        }

        clients.ForEach(client => client.Dispose());
    }

    private static async Task BeatAsync(List<PortalClient> clients, int beat, long uptime)
    {
        await SendAsync(clients[0], 1, 90_000 + uptime, "FULLY_CHARGED", 100);
        var onBattery = Math.Max(0, beat - (Beats - 12));
        await SendAsync(clients[1], 2, 10 * 86_400 + uptime, onBattery > 0 ? "UNPLUGGED" : "FULLY_CHARGED", 100 - (4 * onBattery));
        if (beat is < 100 or >= 120)
        {
            await SendAsync(
                clients[2], 3, beat < 100 ? 40_000 + uptime : 60 + (900L * (beat - 120)), "CHARGING",
                beat < 100 ? 90 : Math.Min(100, 20 + (beat - 120)));
        }

        if (beat < Beats - 4)
        {
            await SendAsync(clients[3], 4, uptime, "FULLY_CHARGED", 100);
        }

        await SendAsync(clients[4], 5, uptime, "FULLY_CHARGED", 100);
    }

    private static async Task SendAsync(PortalClient client, int gateway, long uptime, string power, int battery) =>
        Assert.Equal(201, (await client.BeatAsync(
        $$"""{"serial":"282C0000000{{gateway}}","software_version":"5.10.2","uptime":{{uptime}},"loggers":2,"power":"{{power}}","battery":{{battery}}}""")).Status);

    private async Task MeasureAsync(PortalClient client, params IEnumerable<string> serials) =>
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(serials.Select(serial => Some.Record(serial, Some.Now(Time)))))).Status);
}
