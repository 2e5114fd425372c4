using Efento.Portal.Backup;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>A copy that is made while gateways deliver.</summary>
public sealed class OnlineCopyTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    [Fact]
    public async Task Copy_WhileGatewaysDeliver_IsWholeAndHasWhatWasStoredBefore()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await FillAsync(portal);
        var before = portal.Database.Count("message");
        using var end = new CancellationTokenSource();
        var delivering = DeliverAsync(portal, end.Token);
        var copy = Path.Combine(_place.Path, "copy.db");

        await portal.Get<IBackupStore>().CopyAsync(copy, null, TestContext.Current.CancellationToken);
        await end.CancelAsync();
        await delivering;

        var store = portal.Get<IBackupStore>();
        Assert.Null(store.Damage(copy));
        var figures = store.Measure(copy);
        Assert.InRange(figures.Tables["message"], before, portal.Database.Count("message"));
        Assert.Equal(figures.Tables["reading"], figures.Days.Sum(day => day.Count));
    }

    [Fact]
    public async Task Copy_OfManyPages_ProgressesWithoutBeginningAnew()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await FillAsync(portal);
        using var end = new CancellationTokenSource();
        var delivering = DeliverAsync(portal, end.Token);
        List<double> done = [];

        await portal.Get<IBackupStore>().CopyAsync(
            Path.Combine(_place.Path, "copy.db"), new Told(done), TestContext.Current.CancellationToken);
        await end.CancelAsync();
        await delivering;

        Assert.True(done.Count > 5, $"steps: {done.Count}");

        // It may fall a little when the database grows, and would fall to nothing if it began anew.
        Assert.All(done.Zip(done.Skip(1)), pair => Assert.True(pair.Second > pair.First - 0.2, $"{pair.First} → {pair.Second}"));
    }

    [Fact]
    public async Task Copy_Cancelled_LeavesThePortalAsItWas()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await FillAsync(portal);
        using var cancelled = new CancellationTokenSource();
        var progress = new Told([]) { After = cancelled.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => portal.Get<IBackupStore>().CopyAsync(Path.Combine(_place.Path, "copy.db"), progress, cancelled.Token));

        await BackupBench.MeasureAsync(portal);
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Some ten megabytes, so that there are steps.</summary>
    private static Task FillAsync(PortalUnderTest portal)
    {
        portal.Database.Execute(
            """
            CREATE TABLE ballast (x BLOB);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO ballast SELECT randomblob(4000) FROM n;
            """);
        return BackupBench.MeasureAsync(portal);
    }

    private static async Task DeliverAsync(PortalUnderTest portal, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await BackupBench.MeasureAsync(portal, messages: 1);
        }
    }

    private sealed class Told(List<double> done) : IProgress<double>
    {
        public Action? After { get; init; }

        public void Report(double value)
        {
            done.Add(value);
            After?.Invoke();
        }
    }
}
