using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Outgoing;
using Efento.Portal.Tests.Support;
using StandardWebhooks;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>What a feed sends to a real program.</summary>
public sealed class WebhookFeedTests
{
    private const double Magic = -123.25;

    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Stored_IsSentSigned_AsTheReadApiHasIt()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);

        await portal.StoreAsync(Some.Record(_serial, Some.Now(), null, Some.Param(4.25), Some.Param(null, "ERROR", 2, "humidity")));
        await Until.TrueAsync(() => receiver.Readings.Count == 2);

        var request = Assert.Single(receiver.Requests);
        new StandardWebhook(FeedBench.Secret).Verify(request.Body, request.Headers);
        Assert.Equal("readings.stored", request.Json.GetProperty("type").GetString());
        Assert.Equal("erp", request.Json.GetProperty("data").GetProperty("feed").GetString());
        var (items, _) = await portal.AskPageAsync($"/api/v1/loggers/{_serial}/readings");
        Assert.Equal(items.Select(FieldsOf), receiver.Readings.Select(r => FieldsOf(r).Except([SerialOf(r), PointOf(r)])));
        Assert.All(receiver.Readings, reading => Assert.Equal(_serial, reading.GetProperty("serial").GetString()));
        Assert.All(receiver.Readings, reading => Assert.Equal(_serial, reading.GetProperty("point").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Stored_MoreThanABatch_IsSentInOrderInBatches()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        var begin = Some.Now().AddDays(-3);

        await portal.StoreAsync(Enumerable.Range(0, 1_200).Select(i => Some.Record(_serial, begin.AddMinutes(i), i)));
        await portal.AllSentAsync();

        Assert.Equal(Enumerable.Range(0, 1_200).Select(i => (double?)i), receiver.Values);
        Assert.Equal([500, 500, 200], receiver.Requests.Select(r => FeedReceiver.ReadingsOf(r).Count));
        Assert.Equal(3, receiver.Requests.Select(r => r.Headers["webhook-id"].ToString()).Distinct().Count());
    }

    /// <summary>A repeat is known as such; what was stored at another place of the ledger is not taken for one.</summary>
    [Fact]
    public async Task Id_IsOfWhatIsSaid_AndOfWhereItLies()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1));
        await portal.AllSentAsync();

        await portal.Feed().ResetAsync(0, null, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => receiver.Requests.Count == 2);

        Assert.Single(receiver.Requests.Select(r => r.Headers["webhook-id"].ToString()).Distinct());
        Assert.NotEqual(OutgoingJson.KeyOf("erp", 7, "the same"), OutgoingJson.KeyOf("erp", 8, "the same"));
        Assert.NotEqual(OutgoingJson.KeyOf("erp", 7, "the same"), OutgoingJson.KeyOf("erp", 7, "another"));
        Assert.NotEqual(OutgoingJson.KeyOf("erp", 7, "the same"), OutgoingJson.KeyOf("lab", 7, "the same"));
        Assert.Equal(OutgoingJson.KeyOf("erp", 7, "the same"), OutgoingJson.KeyOf("erp", 7, "the same"));
    }

    /// <summary>The order is that of receipt, not of measuring.</summary>
    [Fact]
    public async Task Stored_SupersedingOrLate_IsSentWhenItCame_KnownAndConflictingIsNot()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        var now = Some.Now();

        await portal.StoreAsync(Some.Record(_serial, now, null, Some.Param(null, "NO_VALUE")));
        await portal.AllSentAsync();
        await portal.StoreAsync(Some.Record(_serial, now, 4));
        await portal.StoreAsync(Some.Record(_serial, now, 4));
        await portal.StoreAsync(Some.Record(_serial, now, 5));
        await portal.StoreAsync(Some.Record(_serial, now.AddHours(-5), 6));
        await portal.AllSentAsync();

        Assert.Equal([null, 4, 6], receiver.Values);
    }

    [Fact]
    public async Task Stored_ReadAgainFromTheQuarantine_IsSent()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver);
        portal.Database.Execute(
            $"CREATE TRIGGER poison BEFORE INSERT ON reading WHEN new.value = {Magic} BEGIN SELECT RAISE(ABORT, 'poison'); END");
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), Magic));
        await portal.AllSentAsync();
        Assert.Empty(receiver.Requests);
        portal.Database.Execute("DROP TRIGGER poison");

        Assert.Equal(ReadAgainVerdict.Read, (await portal.ReadAgainAsync()).Verdict);
        await portal.AllSentAsync();

        Assert.Equal([Magic], receiver.Values);
    }

    /// <summary>While the location does not exist, the feed waits instead of losing anything.</summary>
    [Fact]
    public async Task Scope_OfALocation_SendsWhatIsMeasuredThereAlone()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var wards = await TwoWards.StartAsync(new() { Settings = FeedBench.Settings("hospital/Ward 1") });
        await wards.Portal.ImportAsync(receiver);
        wards.Portal.Feed().WasReset.Ring();

        await wards.Portal.StoreAsync(
            Some.Record(wards.Hidden, Some.Now().AddMinutes(-1), 1), Some.Record(wards.Unplaced, Some.Now().AddMinutes(-1), 2),
            Some.Record(wards.Seen, Some.Now().AddMinutes(-1), 3));
        await wards.Portal.AllSentAsync();

        Assert.Equal([wards.Seen, wards.Seen], receiver.Readings.Select(r => r.GetProperty("serial").GetString()));
        Assert.Equal([21.5, 3], receiver.Values);
        var point = receiver.Readings[1].GetProperty("point");
        Assert.Equal(
            (await wards.PointOfAsync(wards.Seen), "Fridge seen", "Hospital › Ward 1"),
            (point.GetProperty("id").GetInt32(), point.GetProperty("name").GetString(), point.GetProperty("place").GetString()));
    }

    [Fact]
    public async Task Held_IsNotSentBeforeItIsApproved()
    {
        await using var receiver = await FeedReceiver.StartAsync();
        await using var portal = await StartAsync(receiver, new() { ["Portal:Ingest:UnknownLoggers"] = "Hold" });
        var other = Some.Serial();
        await portal.StoreAsync(Some.Record(_serial, Some.Now(), 1), Some.Record(other, Some.Now(), 2));
        await portal.AllSentAsync();
        Assert.Empty(receiver.Requests);

        var id = portal.Database.Scalar<long>("SELECT id FROM logger WHERE serial = $0", _serial);
        Assert.Single((await portal.Get<LoggerAdmission>().ApproveAsync(Actor.Command, [new Seen((int)id, 0)])).Changed);
        await portal.StoreAsync(Some.Record(_serial, Some.Now().AddMinutes(1), 3), Some.Record(other, Some.Now().AddMinutes(1), 4));
        await portal.AllSentAsync();

        Assert.Equal([3], receiver.Values);
    }

    private static async Task<PortalUnderTest> StartAsync(FeedReceiver receiver, Dictionary<string, string>? settings = null)
    {
        var all = FeedBench.Settings().Concat(settings ?? []).ToDictionary();
        var portal = await PortalUnderTest.StartAsync(new() { Settings = all });
        await portal.ImportAsync(receiver);
        return portal;
    }

    private static IEnumerable<string> FieldsOf(JsonElement reading) =>
        reading.EnumerateObject().Select(field => $"{field.Name}: {field.Value.GetRawText()}");

    private static string SerialOf(JsonElement reading) => $"serial: {reading.GetProperty("serial").GetRawText()}";

    private static string PointOf(JsonElement reading) => $"point: {reading.GetProperty("point").GetRawText()}";
}
