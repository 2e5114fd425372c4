using System.Text.Json;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program on a machine whose clock is wrong.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class WrongClockTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private FakedClock _clock = null!;

    public async ValueTask InitializeAsync() => _clock = await FakedClock.BuildAsync();

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        _clock.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Clock_WasAheadForAMinute_IsAcceptedByTheCommandOfTheRunningPortal()
    {
        _clock.Move(TimeSpan.FromDays(29));
        await using var portal = await StartAsync();
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await client.BeatAsync("{}")).Status);
        _clock.Move(TimeSpan.Zero);
        Assert.Contains("clock accept", (await client.BeatAsync("{}")).Body);

        var accepted = await AcceptAsync();

        Assert.Equal((0, ""), (accepted.ExitCode, accepted.Errors));
        await AssertTrueReceiptAsync(client);
    }

    [Fact]
    public async Task Clock_WasAheadBeforeTheStop_IsAcceptedWhileNoPortalRuns()
    {
        _clock.Move(TimeSpan.FromDays(29));
        await using (var before = await StartAsync())
        {
            using var sender = new PortalClient(before.Address, PortalUnderTest.GatewayToken);
            Assert.Equal(201, (await sender.BeatAsync("{}")).Status);
            before.Stop();
            await before.WaitForExitAsync(Until.Patience);
        }

        _clock.Move(TimeSpan.Zero);
        Assert.Equal(0, (await AcceptAsync()).ExitCode);
        await using var portal = await StartAsync();
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        await AssertTrueReceiptAsync(client);
    }

    [Fact]
    public async Task Clock_TwoYearsAheadAtTheStart_NothingIsDeleted()
    {
        var now = DateTimeOffset.UtcNow;
        string[] keepAYear = ["--Portal:Retention:Readings=365.00:00:00"];
        await using (var before = await StartAsync(keepAYear))
        {
            using var client = new PortalClient(before.Address, PortalUnderTest.GatewayToken);
            var records = Enumerable.Range(0, 4).Select(i => Some.Record(Some.Serial(), now.AddDays(-100 * i)));
            Assert.Equal(201, (await client.MeasureAsync(Some.Body(records))).Status);
            before.Stop();
            await before.WaitForExitAsync(Until.Patience);
        }

        _clock.Move(TimeSpan.FromDays(730));
        await using var portal = await StartAsync(keepAYear);
        using var sender = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(
            201, (await sender.MeasureAsync(Some.Body(Enumerable.Range(0, 4).Select(_ => Some.Record(Some.Serial(), now))))).Status);

        // It is said ten seconds later at the latest, and by then the first pruning is over.
        await Until.TrueAsync(() => portal.Output.Contains("Nothing is deleted by age", StringComparison.Ordinal));
        Assert.Equal(8, new PortalDatabase(_data.Path).Count("reading"));
    }

    [Fact]
    public async Task Clock_JumpsWhileThePortalRuns_IsSaidAndHeldAgainstItsOwnTime()
    {
        await using var portal = await StartAsync();
        _clock.Move(TimeSpan.FromDays(5));

        await Until.TrueAsync(() => portal.Output.Contains("clock jumped by 5 days", StringComparison.Ordinal));
    }

    private Task<PortalProcess> StartAsync(string[]? arguments = null) =>
        PortalProcess.StartAsync(_data.Path, arguments, _clock.Environment);

    private Task<ProgramRun> AcceptAsync() => ProgramRun.OfAsync(_data.Path, "clock", "accept", "--data-directory", _data.Path);

    private static async Task AssertTrueReceiptAsync(PortalClient client)
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), DateTimeOffset.UtcNow)))).Status);
        var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/arrivals");
        request.Headers.Authorization = new("Bearer", PortalUnderTest.ApiToken);
        var reply = await client.SendAsync(request);
        var received = JsonElement.Parse(reply.Body).GetProperty("items").EnumerateArray().Last().GetProperty("receivedAt").GetDateTimeOffset();
        Assert.InRange(received, before, DateTimeOffset.UtcNow.AddSeconds(1));
    }
}
