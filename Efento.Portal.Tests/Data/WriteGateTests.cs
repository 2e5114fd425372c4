using System.Data.Common;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Data;

/// <summary>The one way to write.</summary>
public sealed class WriteGateTests : IDisposable
{
    private const int IoError = 10;

    private readonly TemporaryDirectory _directory = new();
    private readonly WriteGate _gate;

    public WriteGateTests() => _gate = new WriteGate(new SqliteDatabase(_directory.Path));

    [Fact]
    public async Task Enter_WhileItIsTaken_WaitsItsTurn()
    {
        List<int> order = [];
        List<Task> waiting = [];
        using (await _gate.EnterAsync())
        {
            for (var i = 0; i < 10; i++)
            {
                waiting.Add(TakeAsync(i));
            }

            Assert.Empty(order);
        }

        await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 10), order);

        async Task TakeAsync(int number)
        {
            using var lease = await _gate.EnterAsync();
            order.Add(number);
        }
    }

    [Fact]
    public async Task Enter_AgainAndAgain_GivesTheSameConnection()
    {
        Assert.Same(await ConnectionAsync(), await ConnectionAsync());
    }

    [Fact]
    public async Task Enter_AfterTheConnectionWasDiscarded_GivesANewOne()
    {
        var first = await ConnectionAsync(lease => lease.DiscardConnection());

        Assert.NotSame(first, await ConnectionAsync());
    }

    [Fact]
    public async Task Write_FailedByTheDisk_LeavesItsConnectionToNobody()
    {
        var first = await ConnectionAsync();

        await Assert.ThrowsAsync<SqliteException>(() => _gate.WriteAsync(_ => throw new SqliteException("disk I/O error", IoError)));

        Assert.NotSame(first, await ConnectionAsync());
    }

    [Fact]
    public async Task Write_Failing_IsRolledBackAndLeavesTheGateOpen()
    {
        await _gate.WriteAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TABLE t (a)"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _gate.WriteAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO t VALUES (1)");
            throw new InvalidOperationException();
        }));

        Assert.Equal(0, new PortalDatabase(_directory.Path).Count("t"));
        await _gate.WriteAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO t VALUES (2)")).WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task Enter_GivenUp_DoesNotKeepOthersOut()
    {
        using var impatient = new CancellationTokenSource();
        using (await _gate.EnterAsync())
        {
            var waiting = _gate.EnterAsync(impatient.Token).AsTask();
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await ConnectionAsync().WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task Enter_DatabaseCannotBeOpened_LeavesTheGateOpen()
    {
        using var gate = new WriteGate(new SqliteDatabase(Path.Combine(_directory.Path, "later")));
        await Assert.ThrowsAsync<SqliteException>(async () => await gate.EnterAsync());

        Directory.CreateDirectory(Path.Combine(_directory.Path, "later"));

        using var lease = await gate.EnterAsync().AsTask().WaitAsync(Until.Patience);
        Assert.Equal(System.Data.ConnectionState.Open, lease.Connection.State);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _directory.Dispose();
    }

    private async Task<DbConnection> ConnectionAsync(Action<WriteLease>? use = null)
    {
        using var lease = await _gate.EnterAsync();
        use?.Invoke(lease);
        return lease.Connection;
    }
}
