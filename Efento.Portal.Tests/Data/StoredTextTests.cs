using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Data;

/// <summary>How stored texts are compared is said, whatever the database would do by itself.</summary>
public sealed class StoredTextTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private WriteGate _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _gate = new WriteGate(new SqliteDatabase(_directory.Path));
        using var lease = await _gate.EnterAsync();
        await using var db = lease.CreateContext();
        await db.Database.MigrateAsync();
    }

    [Theory]
    [InlineData("Fridge 7", "fridge", true)]
    [InlineData("fridge 7", "FRIDGE 7", true)]
    [InlineData("Fridge 7", "fridge 8", false)]
    [InlineData("humidity 50 %", "0 %", true)]
    [InlineData("humidity 50", "%", false)]
    [InlineData("a_b", "A_B", true)]
    [InlineData("axb", "a_b", false)]
    [InlineData(@"c:\cold", @":\C", true)]
    [InlineData("Łódź", "ódź", true)]
    [InlineData("Łódź", "łódź", false)]
    public async Task Holds_Part_IgnoresTheCaseOfAToZAndNothingElse(string text, string part, bool expected) =>
        Assert.Equal(expected, await IsFoundAsync(text, stored => stored.Where(location => StoredText.Holds(location.Name, part))));

    [Theory]
    [InlineData("point 5 (room)", true)]
    [InlineData("point 5", false)]
    [InlineData("point 50 (room)", false)]
    [InlineData("POINT 5 (room)", false)]
    public async Task LiesIn_Range_IsComparedByCharacters(string text, bool expected) =>
        Assert.Equal(
            expected,
            await IsFoundAsync(text, stored => stored.Where(location => StoredText.LiesIn(location.Name, "point 5 ", "point 5!"))));

    [Fact]
    public async Task LiesIn_IndexedColumn_IsSearchedByItsIndex()
    {
        using var lease = await _gate.EnterAsync();
        await using var db = lease.CreateContext();
        var sql = db.AuditEntries.Where(entry => StoredText.LiesIn(entry.Subject, "a", "b")).Select(entry => entry.Id).ToQueryString();

        var plan = new PortalDatabase(_directory.Path).Lines($"EXPLAIN QUERY PLAN {sql}");

        Assert.Contains(
            "USING COVERING INDEX IX_audit_entry_subject (subject>? AND subject<?)", Assert.Single(plan), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _gate.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> IsFoundAsync(string name, Func<IQueryable<Location>, IQueryable<Location>> search)
    {
        using var lease = await _gate.EnterAsync();
        await using var db = lease.CreateContext();
        db.Locations.Add(new Location { Name = name });
        await db.SaveChangesAsync();
        return await search(db.Locations).AnyAsync();
    }
}
