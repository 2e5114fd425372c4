using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Backup;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Backup;

/// <summary>Backups that the portal makes by itself: when, what is kept, and what is said when one fails.</summary>
public sealed class BackupServiceTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FakeTimeProvider _time = new(Some.Start);

    private PortalStart Start => new()
    {
        Time = _time,
        Settings = new()
        {
            ["Portal:Backup:Directory"] = _place.Path,
            ["Portal:Backup:KeepDaily"] = "2",
            ["Portal:Backup:KeepWeekly"] = "0",
            ["Portal:Backup:KeepMonthly"] = "0",
        },
    };

    private IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFileSystemEntries(_place.Path).Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public async Task Schedule_ADirectoryIsSet_MakesOneADayAndKeepsTheLast()
    {
        await File.WriteAllTextAsync(Path.Combine(_place.Path, "mine.txt"), "", TestContext.Current.CancellationToken);
        await using var portal = await PortalUnderTest.StartAsync(Start);

        await UntilMadeAsync(portal, 1);
        foreach (var made in Enumerable.Range(2, 2))
        {
            _time.Advance(TimeSpan.FromDays(1));
            await UntilMadeAsync(portal, made);
        }

        Assert.Equal(3, Files.Count);
        Assert.Equal("mine.txt", Files[^1]);
        Assert.All(Files.Take(2), name => Assert.NotNull(BackupPaths.TimeOf(name)));
        Assert.DoesNotContain("backup", await portal.HealthAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_DirectoryGone_SaysSoInHealthAndTriesAgain()
    {
        await using var portal = await PortalUnderTest.StartAsync(Start);
        await UntilMadeAsync(portal, 1);
        Directory.Move(_place.Path, _place.Path + ".away");
        _time.Advance(TimeSpan.FromDays(1));

        await UntilMadeAsync(portal, 2);
        Assert.Contains("The last backup failed", await portal.HealthAsync(), StringComparison.Ordinal);

        Directory.Move(_place.Path + ".away", _place.Path);
        _time.Advance(BackupSchedule.AgainAfter);
        await UntilMadeAsync(portal, 3);
        Assert.DoesNotContain("backup", await portal.HealthAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarm_LastBackupTooOld_IsRaised()
    {
        await using var portal = await PortalUnderTest.StartAsync(Start);
        await portal.Get<BackupHistory>().AddAsync(
            new() { BegunUtc = _time.GetUtcNow().AddMinutes(-1), CheckedUtc = _time.GetUtcNow(), Path = "/b", By = "somebody" }, 0,
            TestContext.Current.CancellationToken);
        Directory.Move(_place.Path, _place.Path + ".away");
        try
        {
            _time.Advance(TimeSpan.FromHours(27));

            await Until.TrueAsync(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return portal.Database.Scalar<long>($"SELECT count(*) FROM alarm WHERE kind = {(int)RuleKind.Portal} AND type = '{RuleSubjects.Backup}'") == 1;
            });
        }
        finally
        {
            Directory.Move(_place.Path + ".away", _place.Path);
        }
    }

    [Fact]
    public async Task Health_WithoutADirectory_SaysNothingOfBackups()
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Time = _time });

        Assert.DoesNotContain("backup", await portal.HealthAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfSomebody_IsMadeAndNotedOnce()
    {
        await using var portal = await PortalUnderTest.StartAsync(Start);
        await UntilMadeAsync(portal, 1);

        Assert.Null(await portal.Get<BackupRequests>().StartAsync(Actor.Command, TestContext.Current.CancellationToken));

        await Until.TrueAsync(
            () => portal.Database.Scalar<long>("SELECT count(*) FROM backup_record WHERE by = 'command line' AND checked_utc > 0") == 1);
        Assert.Equal(2, portal.Database.Count("backup_record"));
        Assert.Contains("backup asked for", portal.Database.Lines("SELECT action FROM audit_entry"));
    }

    [Fact]
    public async Task Run_WhileAnotherIsMade_SaysBusyAndNotesNothing()
    {
        await using var portal = await PortalUnderTest.StartAsync(Start);
        await UntilMadeAsync(portal, 1);
        using var lease = await portal.Get<Efento.Portal.Data.WriteGate>().EnterAsync(TestContext.Current.CancellationToken);
        var first = portal.Get<BackupRunner>().RunAsync(Actor.Portal, 0, TestContext.Current.CancellationToken);

        var second = await portal.Get<BackupRunner>().RunAsync(Actor.Portal, 0, TestContext.Current.CancellationToken);
        lease.Dispose();

        Assert.Equal(BackupFaultKind.Busy, second?.Kind);
        Assert.Null(await first);
        Assert.Equal(2, portal.Database.Count("backup_record"));
    }

    public void Dispose() => _place.Dispose();

    private Task UntilMadeAsync(PortalUnderTest portal, int count) => Until.TrueAsync(() =>
    {
        // The service looks every 20 s.
        _time.Advance(TimeSpan.FromSeconds(20));
        return portal.Database.Count("backup_record") >= count && portal.Get<BackupBoard>().Now is null;
    });
}
