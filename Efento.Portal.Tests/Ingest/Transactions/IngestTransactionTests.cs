using System.Text;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Ingest.Transactions;

/// <summary>
/// Memory follows the commit: a transaction that fails leaves it as it was, and one that is open sees what it brought itself.
/// </summary>
public sealed class IngestTransactionTests : IAsyncLifetime
{
    private const string Gateway = "282C0A000001";

    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    private DateTimeOffset Now => Some.Now(_time);

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new()
    {
        Time = _time,
        Settings = { ["Portal:Ingest:MaxNewLoggersPerTokenPerDay"] = "1", ["Portal:Ingest:MaxNewGatewaysPerTokenPerDay"] = "1" },
    });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task RolledBack_LoggersSeriesGatewaysAndQuarantine_AreNotInMemory()
    {
        var before = _portal.Get<ServerClock>().LastMessageId;

        await ApplyAsync(commit: false, Measurements(Some.Record(_serial, Now, 4), "5"), Heartbeat());

        Assert.Empty(_portal.Get<LoggerDirectory>().All);
        Assert.Empty(_portal.Get<SeriesDirectory>().All);
        Assert.Empty(_portal.Get<GatewayDirectory>().All);
        Assert.Equal(0, _portal.Get<QuarantineIntake>().Bytes);
        Assert.Empty(_portal.Get<QuarantineIntake>().BytesOfToken);
        Assert.Equal(before, _portal.Get<ServerClock>().LastMessageId);
    }

    [Fact]
    public async Task RolledBack_NewLoggerAndGateway_AreStoredWithTheirNextMessage()
    {
        await ApplyAsync(commit: false, Measurements(Some.Record(_serial, Now, 4)), Heartbeat());

        Assert.Equal(201, (await _portal.Client.BeatAsync(Some.Heartbeat(Gateway))).Status);
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now, 5)))).Status);

        Assert.Empty(_portal.Quarantined());
        Assert.Equal([$"{Now.ToUnixTimeMilliseconds()}|5"], _portal.ReadingsOf(_serial));
        Assert.True(_portal.Get<LoggerDirectory>().TryGet(_serial, out var logger));
        Assert.Equal(logger.Id, _portal.Database.Scalar<int>("SELECT id FROM logger"));
        Assert.Equal(
            Assert.Single(_portal.Get<SeriesDirectory>().Of(logger.Id)).Id, _portal.Database.Scalar<int>("SELECT series_id FROM reading"));
        Assert.Equal(Assert.Single(_portal.Get<GatewayDirectory>().All).Id, _portal.Database.Scalar<int>("SELECT id FROM gateway"));
    }

    [Fact]
    public async Task RolledBack_KnownLogger_KeepsItsLatestValueAndContact()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now.AddMinutes(-3), 4)));
        Assert.True(_portal.Get<LoggerDirectory>().TryGet(_serial, out var logger));
        var contact = logger.LastContact;

        await ApplyAsync(commit: false, Measurements(Some.Record(_serial, Now, 9)));

        Assert.Same(contact, logger.LastContact);
        var series = Assert.Single(_portal.Get<SeriesDirectory>().Of(logger.Id));
        Assert.Equal(4, series.Latest(Now.ToUnixTimeMilliseconds())?.Value);
    }

    [Fact]
    public async Task RolledBack_GatewayThatToldItsSerial_IsStillNameless()
    {
        await _portal.Client.MeasureAsync(Some.Body(Some.Record(_serial, Now, 4)));
        var gateway = Assert.Single(_portal.Get<GatewayDirectory>().All);

        await ApplyAsync(commit: false, Heartbeat());
        Assert.Equal((null, null), (gateway.Serial, gateway.UptimeSeconds));

        await ApplyAsync(commit: true, Heartbeat(), Heartbeat());
        Assert.Equal((Gateway, 3600), (gateway.Serial, gateway.UptimeSeconds));
        Assert.Equal($"{Gateway}|{Gateway}", Assert.Single(_portal.Database.Lines("SELECT serial, name FROM gateway")));
    }

    [Fact]
    public async Task Committed_TwoMessagesOfANewLogger_ShareItsRows()
    {
        await ApplyAsync(
            commit: true, Measurements(Some.Record(_serial, Now, 4)), Measurements(Some.Record(_serial, Now.AddMinutes(-3), 5)),
            Heartbeat(), Heartbeat());

        Assert.All((string[])["logger", "series", "measuring_point", "gateway"], table => Assert.Equal(1, _portal.Database.Count(table)));
        Assert.Equal(2, _portal.ReadingsOf(_serial).Count);
        Assert.Equal(4, _portal.Database.Count("message"));
        Assert.Equal(_portal.Get<ServerClock>().LastMessageId, _portal.Database.Scalar<long>("SELECT max(id) FROM message"));
    }

    private async Task ApplyAsync(bool commit, params PendingMessage[] messages)
    {
        using var lease = await _portal.Get<WriteGate>().EnterAsync();
        using var statements = _portal.Get<IIngestStore>().Prepare(lease.Connection);
        var transaction = _portal.Get<IngestTransactions>().Begin(statements);
        lease.Begin();
        foreach (var message in messages)
        {
            _portal.Get<MessageApplier>().Apply(transaction, message);
        }

        if (commit)
        {
            lease.Commit();
            transaction.Committed();
        }
        else
        {
            lease.RollBack();
        }
    }

    private PendingMessage Measurements(params IEnumerable<string> records)
    {
        var body = Encoding.UTF8.GetBytes(Some.Body(records));
        return Message(body, GatewayPaths.Measurements, PayloadReader.Read(body), null);
    }

    private PendingMessage Heartbeat()
    {
        var body = Encoding.UTF8.GetBytes(Some.Heartbeat(Gateway));
        return Message(body, GatewayPaths.Heartbeat, null, HeartbeatReader.Read(body));
    }

    private PendingMessage Message(byte[] body, string route, ParsedMessage? measurements, ParsedHeartbeat? heartbeat) => new()
    {
        TokenId = 1,
        Address = "127.0.0.1",
        Route = route,
        ReceivedMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
        Body = body,
        Measurements = measurements,
        Heartbeat = heartbeat,
    };
}
