using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Data;

/// <summary>
/// EF Core only warns, in the log, of a query that takes the first of rows in no order. In a portal under test it fails instead, so that
/// whatever test runs such a query of the program says so.
/// </summary>
public sealed class UnorderedQueryTests
{
    [Fact]
    public async Task Query_OfTheFirstInNoOrder_Fails()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(
            TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Loggers.FirstOrDefaultAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Loggers.Take(2).ToListAsync());
    }
}
