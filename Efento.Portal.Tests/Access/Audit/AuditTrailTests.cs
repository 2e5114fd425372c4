using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Access.Audit;

/// <summary>The trail only grows, and goes with the change it tells of.</summary>
public sealed class AuditTrailTests
{
    private const string Newcomer = "new@portal.test";

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = 'somebody else' WHERE id = 1")]
    [InlineData("DELETE FROM audit_entry WHERE id = 1")]
    [InlineData("DELETE FROM audit_entry")]
    [InlineData("REPLACE INTO audit_entry SELECT id, at_ms, actor_kind, 'somebody else', address, action, subject, old, new, reason, previous_hash, hash FROM audit_entry WHERE id = 1")]
    public async Task Entry_ChangedOrDeleted_IsRefusedByTheDatabase(string sql)
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var before = portal.Database.Lines("SELECT * FROM audit_entry");

        Assert.ThrowsAny<SqliteException>(() => portal.Database.Execute("PRAGMA recursive_triggers = ON; " + sql));

        Assert.Equal(before, portal.Database.Lines("SELECT * FROM audit_entry"));
    }

    [Fact]
    public async Task Change_EntryCannotBeWritten_IsNotMade()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        portal.Database.Execute("CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => AddPersonAsync(portal));

        Assert.Equal([PortalUnderTest.AdminEmail], portal.Database.Lines("SELECT email FROM user"));
    }

    [Fact]
    public async Task Change_Fails_LeavesNoEntry()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var before = portal.Database.Count("audit_entry");
        portal.Database.Execute("CREATE TRIGGER no_person BEFORE INSERT ON user BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => AddPersonAsync(portal));

        Assert.Equal(before, portal.Database.Count("audit_entry"));
    }

    [Fact]
    public async Task Change_FailsAfterItsEntry_LeavesNoEntry()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var before = portal.Database.Count("audit_entry");

        await Assert.ThrowsAsync<InvalidOperationException>(() => portal.Get<WriteGate>().WriteAsync(async db =>
        {
            await portal.Get<AuditTrail>().AddAsync(db, Actor.Portal, new AuditNote("tested", "a change"));
            throw new InvalidOperationException("the change failed");
        }));

        Assert.Equal(before, portal.Database.Count("audit_entry"));
    }

    [Fact]
    public async Task SignIn_EntryCannotBeWritten_OpensNoSession()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        portal.Database.Execute("CREATE TRIGGER no_entry BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<DbUpdateException>(
            () => portal.Get<SignInService>().SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword, "192.0.2.1", "test"));

        Assert.Equal(0, portal.Database.Count("session"));
    }

    [Fact]
    public void Settings_NoneOfThem_TurnsTheTrailOff() =>
        Assert.DoesNotContain(
            KnownSettings.All.Keys, key =>
                key.Contains("audit", StringComparison.OrdinalIgnoreCase) || key.Contains("trail", StringComparison.OrdinalIgnoreCase));

    private static Task AddPersonAsync(PortalUnderTest portal) =>
        portal.Get<UserAccounts>().AddAsync(Actor.Command, Newcomer, PortalUnderTest.AdminPassword, Role.Viewer);
}
