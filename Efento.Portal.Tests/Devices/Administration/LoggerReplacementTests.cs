using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.History;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class LoggerReplacementTests : AdministrationContext
{
    private readonly DateTimeOffset _at = Some.Now().AddMinutes(-30);

    [Fact]
    public async Task ReplaceAsync_NewLogger_TakesNameAndHistoryKeepsBoth()
    {
        var (old, successor) = await NamedPairAsync();
        var point = (await FindAsync(old)).Point!.Id;
        await Portal.Client.MeasureAsync(Some.Body(
            Some.Record(old, _at.AddMinutes(-1), 1), Some.Record(old, _at.AddMinutes(1), 2), Some.Record(successor, _at.AddMinutes(-1), 3),
            Some.Record(successor, _at.AddMinutes(1), 4)));

        Assert.Equal(PointOutcome.Done, await ReplaceAsync(old, successor));

        Assert.Equal(("Fridge 3", old), ((await FindAsync(successor)).PointName, (await FindAsync(old)).PointName));
        var history = await Portal.Get<RangeQuery>().ReadAsync(await Portal.PointAsync(point), _at.AddMinutes(-10), _at.AddMinutes(10));
        Assert.Equal([1, 4], Assert.Single(history.Channels).Points.Where(p => !p.IsBreak).Select(p => p.Mean));
        Assert.Equal([new ReplacementMark(_at, old, successor)], history.Replacements);
    }

    [Fact]
    public async Task Marks_AfterReplacement_GiveTheChangeInItsTime()
    {
        var (old, successor) = await NamedPairAsync();
        var point = (await FindAsync(old)).Point!.Id;
        await ReplaceAsync(old, successor);

        var spans = await Portal.PointAsync(point);

        Assert.Equal([new ReplacementMark(_at, old, successor)], spans.Marks(_at, _at.AddMinutes(1)));
        Assert.Empty(spans.Marks(_at.AddHours(-1), _at));
        Assert.Equal(
            [(old, DateTimeOffset.UnixEpoch, _at), (successor, _at, null)], spans.All.Select(s => (s.Serial, s.FromUtc, s.UntilUtc)));
    }

    [Fact]
    public async Task ReplaceAsync_UnnamedPointLeft_IsRetiredAndFree()
    {
        var (old, successor) = await NamedPairAsync();
        await ReplaceAsync(old, successor);

        var free = (await Portal.Get<FreePoints>().ListAsync()).Single();
        Assert.Equal(
            (successor, true, successor, (DateTimeOffset?)_at),
            (free.Point.Name, free.Point.RetiredUtc is not null, free.LastSerial, free.SinceUtc));
    }

    [Fact]
    public async Task ReplaceAsync_RetiringTheOld_HidesItAndAuditsEach()
    {
        var (old, successor) = await NamedPairAsync();

        await ReplaceAsync(old, successor, r => r with { RetiresOld = true });

        Assert.Equal([successor], (await Portal.Get<LoggerQuery>().ListAsync(SiteScope.Everything)).Select(l => l.Serial));
        Assert.Equal(
            [$"anna@portal.test|logger replaced|measuring point 1 Fridge 3|logger {old}|logger {successor} from {Some.Time(_at)}|battery dead"], Audited("logger replaced"));
        Assert.Single(Audited("logger retired"));
        Assert.Single(Audited("measuring point retired"));
    }

    [Fact]
    public async Task ReplaceAsync_FreePoint_GetsALoggerAgain()
    {
        var (old, successor) = await NamedPairAsync();
        var point = (await FindAsync(old)).Point!.Id;
        await ReplaceAsync(old, successor);
        var other = (await MeasuredAsync(1))[0];
        await Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(other), "Fridge 9", null);
        await ReplaceAsync(other, successor, r => r with { AtUtc = _at.AddMinutes(5) });
        var free = (await Portal.Get<FreePoints>().ListAsync()).Single(f => f.Point.Id == point).Point;

        var outcome = await Portal.Get<LoggerReplacement>().ReplaceAsync(Anna, new Replacement
        {
            Point = new Seen(free.Id, free.Version),
            Old = null,
            New = await SeeAsync(old),
            AtUtc = _at.AddMinutes(10),
            RetiresOld = false,
            Reason = "mended",
        });

        Assert.Equal((PointOutcome.Done, "Fridge 3"), (outcome, (await FindAsync(old)).PointName));
    }

    [Theory]
    [InlineData(60, PointOutcome.TimeAhead)]
    [InlineData(-60, PointOutcome.TimeTooEarly)]
    public async Task ReplaceAsync_TimeThatCannotBe_IsRefused(int minutes, PointOutcome expected)
    {
        var (old, successor) = await NamedPairAsync();
        await ReplaceAsync(old, successor);
        var third = (await MeasuredAsync(1))[0];

        Assert.Equal(expected, await ReplaceAsync(successor, third, r => r with { AtUtc = _at.AddMinutes(minutes) }));

        Assert.Equal("Fridge 3", (await FindAsync(successor)).PointName);
    }

    [Fact]
    public async Task ReplaceAsync_LoggerNotInUseOrThereAlready_IsRefused()
    {
        var (old, successor) = await NamedPairAsync();
        Assert.Equal(PointOutcome.AlreadyThere, await ReplaceAsync(old, old));
        await Portal.Get<Retirement>().RetireAsync(Anna, [await SeeAsync(successor)], "broken");

        Assert.Equal(PointOutcome.LoggerNotInUse, await ReplaceAsync(old, successor));
    }

    [Fact]
    public async Task ReplaceAsync_TwoAtOnce_OneIsDoneAndTheOtherIsTold()
    {
        var (old, successor) = await NamedPairAsync();
        var third = (await MeasuredAsync(1))[0];
        var (first, second) = (await WantedAsync(old, successor), await WantedAsync(old, third));
        var service = Portal.Get<LoggerReplacement>();

        var outcomes = await Task.WhenAll(service.ReplaceAsync(Anna, first), service.ReplaceAsync(Anna, second));

        Assert.Equal([PointOutcome.Done, PointOutcome.ChangedMeanwhile], outcomes.Order());
        Assert.Equal(1, Portal.Database.Scalar<long>("SELECT count(*) FROM logger_assignment WHERE point_id = 1 AND until_utc IS NULL"));
    }

    [Fact]
    public async Task ReplaceAsync_AuditFails_ChangesNothing()
    {
        var (old, successor) = await NamedPairAsync();
        var wanted = await WantedAsync(old, successor);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Portal.Get<LoggerReplacement>().ReplaceAsync(Anna, wanted));

        Assert.Equal(
            ["1|1|0|", "2|2|0|"],
            Portal.Database.Lines("SELECT point_id, logger_id, from_utc, until_utc FROM logger_assignment ORDER BY 1"));
    }

    private async Task<(string Old, string New)> NamedPairAsync()
    {
        var old = (await MeasuredAsync(1))[0];
        await Portal.Get<PointNaming>().RenameAsync(SiteScope.Everything, Anna, await SeePointAsync(old), "Fridge 3", null);
        return (old, (await MeasuredAsync(1))[0]);
    }

    private async Task<PointOutcome> ReplaceAsync(string old, string successor, Func<Replacement, Replacement>? configure = null)
    {
        var wanted = await WantedAsync(old, successor);
        return await Portal.Get<LoggerReplacement>().ReplaceAsync(Anna, configure?.Invoke(wanted) ?? wanted);
    }

    private async Task<Replacement> WantedAsync(string old, string successor) => new()
    {
        Point = await SeePointAsync(old),
        Old = await SeeAsync(old),
        New = await SeeAsync(successor),
        AtUtc = _at,
        RetiresOld = false,
        Reason = "battery dead",
    };
}
