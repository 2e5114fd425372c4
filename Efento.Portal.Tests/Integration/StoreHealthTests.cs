using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>After a fault of the store the portal finds out by itself that it can write again, though nobody sends.</summary>
public sealed class StoreHealthTests : IAsyncLifetime
{
    private const int Full = 13;
    private const string Ready = "/health/ready";

    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new(Some.Start);
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Ready_StoreWritesAgain_IsSaidWithoutAMessage()
    {
        _portal.Get<StoreHealth>().ReportFault(StoreFault.Of(new SqliteException("database or disk is full", Full))!);
        Assert.Equal(503, await ReadyAsync());

        await Until.TrueAsync(async () =>
        {
            _time.Advance(Trial);
            return await ReadyAsync() == 200;
        });

        Assert.Empty(_portal.Database.Lines("SELECT name FROM sqlite_master WHERE name = 'trial'"));
        Assert.Equal(0, _portal.Database.Count("message"));
    }

    [Fact]
    public async Task Ready_TrialFails_StaysNotReadyUntilOneWorks()
    {
        // A trial makes and drops this table: while it is there, no trial works.
        _portal.Database.Execute("CREATE TABLE trial (x)");
        _portal.Get<StoreHealth>().ReportFault(StoreFault.Of(new SqliteException("database or disk is full", Full))!);

        await TryAsync();
        Assert.Equal(503, await ReadyAsync());

        _portal.Database.Execute("DROP TABLE trial");
        await TryAsync();
        Assert.Equal(200, await ReadyAsync());
    }

    [Fact]
    public void Fault_SeenByAPolishPage_IsInPolishThoughItCameInEnglish()
    {
        var health = _portal.Get<StoreHealth>();
        health.ReportFault(StoreFault.Of(new SqliteException("database or disk is full", Full))!);

        Languages.Use("pl");

        Assert.StartsWith("Dysk jest pełny.", IngestWords.Of(health.Fault!), StringComparison.Ordinal);
    }

    private Task TryAsync() => _portal.Hosted<PeriodicWriter>().FlushAsync(CancellationToken.None);

    private async Task<int> ReadyAsync() => (await _portal.Client.GetAsync(Ready)).Status;
}
