using System.Globalization;
using System.Text.Json;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>A large message is stored in portions: others come between them, and it is one message to people.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class PortionTests
{
    private const int Records = 5_000;
    internal static readonly DateTimeOffset Newest = Some.Now();

    [Fact]
    public async Task LargeMessage_Stored_IsAnsweredOnceForAllItsHandles()
    {
        await using var portal = await PortalUnderTest.StartAsync();

        var reply = await portal.Client.MeasureAsync(Body(handles: true));

        Assert.Equal(201, reply.Status);
        var answers = JsonElement.Parse(reply.Body);
        Assert.Equal(Enumerable.Range(0, Records), answers.GetProperty("Y").EnumerateArray().Select(h => h.GetInt32()).Order());
        Assert.Equal(Records, portal.Database.Count("reading"));
    }

    [Fact]
    public async Task LargeMessage_OfIgnoredLoggers_IsAnsweredNForAllPortions()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:UnknownLoggers"] = "Ignore" } });

        var answers = JsonElement.Parse((await portal.Client.MeasureAsync(Body(handles: true))).Body);

        Assert.Equal(Records, answers.GetProperty("N").GetArrayLength());
    }

    [Fact]
    public async Task LargeMessage_OnTheGatewaysPage_IsOneMessage()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Newest)));
        var body = Body();
        await portal.Client.MeasureAsync(body);

        var page = await portal.Get<LedgerQuery>().ReadPageAsync(SiteScope.Everything, gatewayId: 1, before: null, count: 10);

        Assert.Equal(2, page.Entries.Count);
        var line = page.Entries[0].Last;
        Assert.Equal((201, Records, Records, (long)body.Length), (line.Answer, line.Records, line.New, line.Bytes));
        Assert.Equal(
            (Newest.AddMinutes(1 - Records).ToUnixTimeMilliseconds(), Newest.ToUnixTimeMilliseconds()),
            (line.EarliestMs!.Value, line.LatestMs!.Value));
        Assert.Equal(2, (await portal.Get<TokenTraffic>().CountDayAsync())[1]);
        var last = await portal.Get<TokenTraffic>().FindLastAsync(1, Newest.AddDays(-1));
        Assert.Equal((201, Records), (last!.Answer, last.Records));
    }

    [Fact]
    public async Task LargeMessage_ForThoseWhoFollowTheArrivals_EveryReadingIsBehindACursor()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await portal.Client.MeasureAsync(Body());

        var arrivals = await portal.AskAllAsync("/api/v1/arrivals?limit=2");

        Assert.True(arrivals.Count > 3);
        var ids = arrivals.Select(a => a.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Select(id => $"{id}"), portal.Database.Lines("SELECT DISTINCT message_id FROM reading ORDER BY message_id"));
    }

    [Fact]
    public async Task LargeMessage_ManyBadRecords_AreSetAsideByPortionsAndCanBeReadAgain()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var tooOld = DateTimeOffset.UnixEpoch;
        var body = Some.Body(Enumerable.Range(0, Records).Select(i => Some.Record("282C00000001", tooOld.AddMinutes(i))));

        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);

        var whole = portal.Quarantined().Where(q => q.Text.Contains("},{", StringComparison.Ordinal) || q.Text.Length > 1_000).ToList();
        Assert.True(whole.Count > 3);
        Assert.All(whole, part => Assert.Equal(JsonValueKind.Object, JsonElement.Parse($"[{part.Text}]")[0].ValueKind));
    }

    [Fact]
    public async Task LargeMessage_OnePortionPoisoned_IsSetAsideAloneAndTheOthersStored()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        portal.Database.Execute(
            "CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = 2500 BEGIN SELECT RAISE(ABORT, 'poison'); END");

        Assert.Equal(201, (await portal.Client.MeasureAsync(Body())).Status);

        Assert.Single(portal.Quarantined());
        Assert.InRange(portal.Database.Count("reading"), Records - (PortionedMessage.MostParts / 2), Records - 1);
    }

    [Fact]
    public async Task Process_KilledBetweenPortions_HasWholeOnesAndTheRepeatAddsTheRest()
    {
        const int Many = 40_000;
        using var data = new TemporaryDirectory();
        var database = new PortalDatabase(data.Path);
        var body = Body(Many);
        await using (var portal = await PortalProcess.StartAsync(data.Path))
        {
            using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
            var sent = client.MeasureAsync(body);
            await Until.TrueAsync(() => database.Count("message") >= 3);
            await portal.KillAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => sent);
        }

        await using var again = await PortalProcess.StartAsync(data.Path);
        using var gateway = new PortalClient(again.Address, PortalUnderTest.GatewayToken);
        var before = database.Count("reading");
        Assert.InRange(before, 1, Many - 1);
        Assert.Equal(before, database.Scalar<long>("SELECT sum(new_readings) FROM message"));

        Assert.Equal(201, (await gateway.MeasureAsync(body)).Status);

        Assert.Equal(Many, database.Count("reading"));
        Assert.Equal(Many - before, database.Scalar<long>("SELECT sum(new_readings) FROM message") - before);
    }

    [Fact]
    public async Task Stop_BetweenPortions_IsAnswered503InTime()
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(data.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        var sent = client.MeasureAsync(Body(60_000));
        await Until.TrueAsync(() => new PortalDatabase(data.Path).Count("message") >= 2);

        portal.Stop();

        Assert.Equal(503, (await sent).Status);
        await portal.WaitForExitAsync(Until.Patience);
        Assert.Equal(0, portal.ExitCode);
    }

    internal static string Body(int records = Records, bool handles = false) => Some.Body(
        Enumerable.Range(0, records).Select(
            i => Some.Record(
                string.Create(CultureInfo.InvariantCulture, $"282CAA00{i % 4:X4}"), Newest.AddMinutes(-i), i, handles ? i : null)));
}
