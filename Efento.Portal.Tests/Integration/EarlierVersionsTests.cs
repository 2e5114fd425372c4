using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Integration;

/// <summary>Databases of earlier versions go on with this one; those of later versions are left alone.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class EarlierVersionsTests : IDisposable
{
    private const string Later = "29991231235959_SomethingLater";

    private static readonly string[] Tables =
        ["reading", "reading_conflict", "message", "heartbeat", "quarantine_item", "gateway", "logger", "series", "user", "invitation", "audit_entry", "maintenance_window", "gateway_token", "kept_body"];

    private readonly TemporaryDirectory _data = new();

    public static TheoryData<string> Earlier => [.. EarlierDatabase.All];

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task Start_OnAnEarlierDatabase_BringsItUpToDateAndKeepsEverything(string name)
    {
        var database = EarlierDatabase.UnpackInto(_data.Path, name);
        var before = Counts(database);
        await using var portal = await StartAsync();

        Assert.Equal(before, Counts(database));
        Assert.Equal("ok", Assert.Single(database.Lines("PRAGMA integrity_check")));
        Assert.Empty(database.Lines("PRAGMA foreign_key_check"));
        await using var db = portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        using var administrator = new PeopleClient(portal.Address);
        using var answer = await administrator.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public async Task Readings_OfAnEarlierDatabase_AreAsTheyWere(string name)
    {
        var database = EarlierDatabase.UnpackInto(_data.Path, name);
        var serial = database.Lines("SELECT min(serial) FROM logger").Single();
        var before = database.Lines(
            "SELECT r.value FROM reading r JOIN series s ON s.id = r.series_id JOIN logger l ON l.id = s.logger_id WHERE l.serial = $0 ORDER BY r.value", serial);
        await using var portal = await StartAsync();

        var told = await portal.AskAllAsync($"/api/v1/loggers/{serial}/readings?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z");

        Assert.NotEmpty(before);
        Assert.Equal(
            before,
            told.Select(r => r.GetProperty("value").GetDouble()).Order().Select(
                v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Migrations_OfAnEarlierDatabase_AreTheFirstOfTodays(string name)
    {
        var database = EarlierDatabase.UnpackInto(_data.Path, name);
        var applied = database.Lines("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId");
        using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options);

        Assert.Equal(applied, db.Database.GetMigrations().Take(applied.Count));
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:0")]
    [InlineData("tokens", "add", "--name", "barn")]
    [InlineData("users", "add", "ann@portal.test", "--role", "viewer")]
    [InlineData("maintenance", "on", "--for", "1h", "--reason", "move")]
    public async Task Program_OlderThanTheDatabase_RefusesAndNamesWhatItDoesNotKnow(params string[] command)
    {
        var database = EarlierDatabase.UnpackInto(_data.Path, EarlierDatabase.All.Last());
        database.Execute($"INSERT INTO __EFMigrationsHistory VALUES ('{Later}', '99.0.0')");
        var before = database.Everything();

        var run = await ProgramRun.OfAsync(_data.Path, [.. command, "--data-directory", _data.Path]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(Later, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(before, database.Everything());
    }

    public void Dispose() => _data.Dispose();

    /// <summary>A few days after the newest of them: what they hold is not to be thrown away yet.</summary>
    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new()
    {
        DataDirectory = _data.Path,
        Time = new SleepingClock(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)),
    });

    private static string[] Counts(PortalDatabase database) => [.. Tables.Select(table => $"{table}: {database.Count($"\"{table}\"")}")];
}
