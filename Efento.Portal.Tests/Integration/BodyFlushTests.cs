using System.Text;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>Raw bodies are written beside the traffic: what comes while a flush is under way is neither lost nor written twice.</summary>
public sealed class BodyFlushTests : IAsyncLifetime
{
    // The portal's own flush never comes: its clock stands still.
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    private WriteGate Gate => _portal.Get<WriteGate>();

    private BodyArchive Archive => _portal.Get<BodyArchive>();

    public async ValueTask InitializeAsync() =>
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time, Settings = { ["Portal:Ingest:RawBodiesPerGateway"] = "2" } });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Flush_BodyKeptMeanwhile_LeavesItToTheNext()
    {
        var lease = await Gate.EnterAsync();
        Keep(lease, 1);
        var flush = FlushAsync();
        Keep(lease, 2);
        lease.Dispose();
        await flush;
        Assert.Equal(["1"], Kept());

        await FlushAsync();

        Assert.Equal(["1", "2"], Kept());
        Assert.Equal(2, Counted());
    }

    [Fact]
    public async Task Flush_BodiesKeptMeanwhilePushOutThoseBeingWritten_LosesNone()
    {
        var lease = await Gate.EnterAsync();
        Keep(lease, 1);
        Keep(lease, 2);
        var flush = FlushAsync();
        Keep(lease, 3);
        Keep(lease, 4);
        lease.Dispose();
        await flush;
        Assert.Equal(["1", "2"], Kept());

        await FlushAsync();

        Assert.Equal(["3", "4"], Kept());
    }

    [Fact]
    public async Task Flush_Done_WritesNothingAgain()
    {
        await KeepAsync(1);
        await FlushAsync();
        _portal.Database.Execute("DELETE FROM kept_body");

        await FlushAsync();

        Assert.Empty(Kept());
        Assert.Equal(1, Counted());
    }

    [Fact]
    public async Task Flush_TwoAtOnce_WriteAndCountOnce()
    {
        var lease = await Gate.EnterAsync();
        Keep(lease, 1);
        Task[] flushes = [FlushAsync(), FlushAsync()];
        lease.Dispose();

        await Task.WhenAll(flushes);

        Assert.Equal(["1"], Kept());
        Assert.Equal(1, Counted());
    }

    [Fact]
    public async Task Flush_CommitThatSeemedToFail_WritesNothingTwice()
    {
        await KeepAsync(1);
        _portal.Database.Execute(
            $"INSERT INTO kept_body (message_id, gateway_id, route, raw) VALUES (1, 1, '{GatewayPaths.Measurements}', x'00')");

        await FlushAsync();

        Assert.Equal(["1"], Kept());
    }

    [Fact]
    public async Task Flush_Failing_LeavesTheBodiesWaiting()
    {
        await KeepAsync(1);
        _portal.Database.Execute("CREATE TRIGGER refuse BEFORE INSERT ON kept_body BEGIN SELECT RAISE(ABORT, 'no'); END");
        Assert.IsType<SqliteException>((await Assert.ThrowsAnyAsync<DbUpdateException>(FlushAsync)).GetBaseException());
        _portal.Database.Execute("DROP TRIGGER refuse");

        await FlushAsync();

        Assert.Equal(["1"], Kept());
        Assert.Equal(1, Counted());
    }

    [Fact]
    public async Task Flush_TwoGateways_LetsOthersWriteBetweenThem()
    {
        var before = await Gate.EnterAsync();
        Keep(before, 1, gatewayId: 1);
        Keep(before, 2, gatewayId: 2);
        var flush = FlushAsync();
        var turn = Gate.EnterAsync().AsTask();
        before.Dispose();

        using (var between = await turn)
        {
            Assert.Equal(["1"], Kept());
            Keep(between, 3, gatewayId: 2);
        }

        await flush;
        Assert.Equal(["1", "2"], Kept());
        await FlushAsync();
        Assert.Equal(["1", "2", "3"], Kept());
    }

    private async Task KeepAsync(long id)
    {
        using var lease = await Gate.EnterAsync();
        Keep(lease, id);
    }

    /// <summary>Keeps a body as the writer does when the message's commit is done.</summary>
    private void Keep(WriteLease lease, long id, int gatewayId = 1)
    {
        using var statements = _portal.Get<IIngestStore>().Prepare(lease.Connection);
        var transaction = _portal.Get<IngestTransactions>().Begin(statements);
        var message = new PendingMessage
        {
            TokenId = 1,
            Address = "127.0.0.1",
            Route = GatewayPaths.Measurements,
            ReceivedMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Body = Encoding.UTF8.GetBytes("{}"),
        };
        Archive.Observe(new AppliedMessage(transaction, message, id) { GatewayId = gatewayId });
        transaction.Committed();
    }

    private Task FlushAsync() => Archive.FlushAsync(Gate, CancellationToken.None);

    private IReadOnlyList<string> Kept() => _portal.Database.Lines("SELECT message_id FROM kept_body ORDER BY message_id");

    private long Counted() => _portal.Database.Scalar<long>("SELECT sum(count) FROM seen_shape");
}
