using System.Net.Http.Headers;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What is not judged by readings becomes an alarm in the real program, by itself, and other programs are told.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class AlarmsOfTheProgramTests : IAsyncLifetime
{
    private const string First = "282C00000001";
    private const string Second = "282C00000002";

    /// <summary>Nobody waits for five minutes.</summary>
    private const string Rules =
        """{"rules":[{"key":"built-in-gateway-on-battery","place":"*","kind":"gateway","event":"onBattery","warning":{"delay":"0m"}}]}""";

    private readonly TemporaryDirectory _data = new();
    private FakedClock _clock = null!;

    private DateTimeOffset Now => Some.Now().Add(_moved);

    private TimeSpan _moved;

    public async ValueTask InitializeAsync() => _clock = await FakedClock.BuildAsync();

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        _clock.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Gateway_OnBattery_IsAnAlarmUntilMainsAreBack()
    {
        await using var portal = await StartAsync();
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        await BeatAsync(gateway, First, "UNPLUGGED");

        var alarm = await AlarmAsync(portal, a => a.Type is "onBattery" && a.State is "active");
        Assert.Equal(("gateway", First, "warning"), (alarm.Kind, alarm.Gateway, alarm.Level));

        await BeatAsync(gateway, First, "FULLY_CHARGED");
        await AlarmAsync(portal, a => a.Id == alarm.Id && a.State is "ended");
    }

    [Fact]
    public async Task PowerCut_GatewaysOfOneLocation_OneAlarmSpeaksForBoth()
    {
        var tokens = await PlacedAsync("Ward");
        await using var portal = await StartAsync();
        using var first = new PortalClient(portal.Address, tokens[0]);
        using var second = new PortalClient(portal.Address, tokens[1]);
        await BeatAsync(first, First, "UNPLUGGED");
        var cause = await AlarmAsync(portal, a => a.Type is "onBattery" && a.Gateway == First);
        await BeatAsync(second, Second, "UNPLUGGED");

        var other = await AlarmAsync(portal, a => a.Type is "onBattery" && a.Gateway == Second);

        Assert.Equal((null, cause.Id), (cause.CauseAlarmId, other.CauseAlarmId));
    }

    [Fact]
    public async Task Sensor_WithoutAValueFor15Minutes_IsAnAlarmUntilItHasOne()
    {
        await using var portal = await StartAsync();
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        var (serial, begin) = (Some.Serial(), Now.AddMinutes(-21));
        await MeasureAsync(gateway, Some.Record(serial, begin));
        for (var minute = 3; minute <= 18; minute += 3)
        {
            await MeasureAsync(gateway, Some.Record(serial, begin.AddMinutes(minute), null, Some.Param(null, "ERROR")));
        }

        var alarm = await AlarmAsync(portal, a => a.Kind is "sensorError" && a.State is "active");
        Assert.Equal((serial, begin.AddMinutes(3), begin), (alarm.Logger, alarm.BeganAt, alarm.BeganAfter!.Value));

        await MeasureAsync(gateway, Some.Record(serial, begin.AddMinutes(21)));
        var ended = await AlarmAsync(portal, a => a.Id == alarm.Id && a.State is "ended");
        Assert.Equal(begin.AddMinutes(21), ended.EndedAt);
    }

    [Fact]
    public async Task Logger_SilentWhileItsGatewayIsHeard_IsAnAlarmWithoutACause()
    {
        await using var portal = await StartAsync();
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        var (lost, well, last) = (Some.Serial(), Some.Serial(), Now);
        await BeatAsync(gateway, First, "FULLY_CHARGED");
        await MeasureAsync(gateway, Some.Record(lost, last), Some.Record(well, last));
        for (var minute = 3; minute <= 30; minute += 3)
        {
            Move(TimeSpan.FromMinutes(minute));
            await BeatAsync(gateway, First, "FULLY_CHARGED");
            await MeasureAsync(gateway, Some.Record(well, Now));
        }

        var alarm = await AlarmAsync(portal, a => a.Kind is "silence");

        Assert.Equal((lost, "active", null, last), (alarm.Logger, alarm.State, alarm.CauseAlarmId, alarm.BeganAfter!.Value));
        await MeasureAsync(gateway, Some.Record(lost, Now));
        await AlarmAsync(portal, a => a.Id == alarm.Id && a.State is "ended");
        Assert.Single(await AlarmsAsync(portal), a => a.Kind is "silence");
    }

    private void Move(TimeSpan moved)
    {
        _moved = moved;
        _clock.Move(moved);
    }

    private async Task<PortalProcess> StartAsync()
    {
        var rules = Path.Combine(_data.Path, "rules.json");
        await File.WriteAllTextAsync(rules, Rules);
        return await PortalProcess.StartAsync(_data.Path, ["--Portal:Setup:Rules", rules], _clock.Environment);
    }

    /// <summary>Two gateways that each hear a logger of one location.</summary>
    /// <returns>Their tokens.</returns>
    private async Task<string[]> PlacedAsync(string location)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path });
        var issuer = portal.Get<TokenIssuer>();
        string[] tokens = [await issuer.IssueGatewayTokenAsync(First), await issuer.IssueGatewayTokenAsync(Second)];
        foreach (var (token, serial) in tokens.Zip([First, Second]))
        {
            using var gateway = new PortalClient(portal.Address, token);
            await BeatAsync(gateway, serial, "FULLY_CHARGED");
            await MeasureAsync(gateway, Some.Record(Some.Serial(), Now));
        }

        await portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, location);
        var points = (await portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything)).Select(l => new Seen(l.Point!.Id, l.Point.Version));
        await portal.Get<PointPlacement>().PlaceAsync(Actor.Command, [.. points], portal.Get<LocationDirectory>().Tree.All.Single().Id);
        return tokens;
    }

    private static async Task BeatAsync(PortalClient gateway, string serial, string power) =>
        Assert.Equal(201, (await gateway.BeatAsync(Some.Heartbeat(serial, power: power))).Status);

    private static async Task MeasureAsync(PortalClient gateway, params string[] records) =>
        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(records))).Status);

    /// <summary>Waits for an alarm.</summary>
    private static async Task<Told> AlarmAsync(PortalProcess portal, Func<Told, bool> isMeant)
    {
        Told? found = null;
        await Until.TrueAsync(async () => (found = (await AlarmsAsync(portal)).FirstOrDefault(isMeant)) is not null);
        return found!;
    }

    private static async Task<IReadOnlyList<Told>> AlarmsAsync(PortalProcess portal)
    {
        using var program = new HttpClient { BaseAddress = portal.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PortalUnderTest.ApiToken);
        var page = JsonElement.Parse(await program.GetStringAsync(new Uri("/api/v1/alarms", UriKind.Relative)));
        return page.GetProperty("items").Deserialize<Told[]>(JsonSerializerOptions.Web)!;
    }

    /// <summary>An alarm as other programs know it.</summary>
    private sealed record Told(
        int Id, string State, string Level, string Kind, string? Type, string? Logger, string? Gateway, DateTimeOffset BeganAt,
        DateTimeOffset? BeganAfter, DateTimeOffset? EndedAt, int? CauseAlarmId);
}
