using System.Data.Common;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Efento.Portal.Tests.Alarms.Rules;

public sealed class PlaceLogTests : RulesContext
{
    private PlaceLog Places => Portal.Get<PlaceLog>();

    /// <summary>Nobody asks: the log follows by itself.</summary>
    [Fact]
    public async Task NewPoint_IsJudgedFromTheBeginningOfTime()
    {
        var serial = (await MeasuredAsync(1))[0];
        var point = await SeePointAsync(serial);

        await Until.TrueAsync(() => Book.Places.Any(p => p.PointId == point.Id));

        Assert.Equal([$"{long.MinValue}||1"], RowsOf(point.Id));
    }

    /// <summary>Else its first readings would never be judged.</summary>
    [Fact]
    public async Task PresentPlaces_LoggerComesWhileTheyAreRead_IsNotTakenForAPointWithoutOne()
    {
        await MeasuredAsync(1);
        var options = Portal.Get<DbContextOptions<PortalDbContext>>();
        await using var db = new PortalDbContext(
            new DbContextOptionsBuilder<PortalDbContext>(options).AddInterceptors(new Meanwhile(() => MeasuredAsync(1))).Options);

        var read = await PresentPlaces.ReadAsync(db, TestContext.Current.CancellationToken);

        Assert.NotEmpty(read);
        Assert.All(read, place => Assert.True(place.IsJudged));
    }

    [Fact]
    public async Task BringUpToDateAsync_MovedPoint_GetsARowFromNow()
    {
        var hospital = await LocationAsync("Hospital");
        var ward = await LocationAsync("Ward", hospital);
        var serial = (await MeasuredAsync(1))[0];
        await Places.BringUpToDateAsync();
        var point = await SeePointAsync(serial);
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        await Portal.Get<PointPlacement>().PlaceAsync(Anna, [point], ward);
        await Places.BringUpToDateAsync();

        var last = Book.Places.Last(p => p.PointId == point.Id);
        Assert.Equal($"{ward} {hospital}", last.Path);
        Assert.InRange(last.FromMs, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task BringUpToDateAsync_MovedLocation_MovesItsPoints()
    {
        var (hospital, depot) = (await LocationAsync("Hospital"), await LocationAsync("Depot"));
        var ward = await LocationAsync("Ward", hospital);
        var serial = (await MeasuredAsync(1))[0];
        var point = await SeePointAsync(serial);
        await Portal.Get<PointPlacement>().PlaceAsync(Anna, [point], ward);
        await Places.BringUpToDateAsync();

        await Portal.Get<LocationDecisions>().MoveAsync(Anna, SeeLocation("Ward"), depot);
        await Places.BringUpToDateAsync();

        Assert.Equal($"{ward} {depot}", Book.Places.Last(p => p.PointId == point.Id).Path);
    }

    [Fact]
    public async Task BringUpToDateAsync_NothingChanged_WritesAndReloadsNothing()
    {
        await MeasuredAsync(2);
        await Places.BringUpToDateAsync();
        var (rows, number) = (Portal.Database.Count("point_place"), Book.Number);

        Portal.Get<LoggerRoster>().Forget();
        await Places.BringUpToDateAsync();

        Assert.Equal((rows, number), (Portal.Database.Count("point_place"), Book.Number));
    }

    [Fact]
    public async Task BringUpToDateAsync_SetToNAndBack_IsNotJudgedMeanwhile()
    {
        var serial = (await MeasuredAsync(1))[0];
        await Places.BringUpToDateAsync();

        await SetAsync(false, serial);
        await Places.BringUpToDateAsync();
        await SetAsync(true, serial);
        await Places.BringUpToDateAsync();

        Assert.Equal([true, false, true], await JudgedAsync(serial));
    }

    [Fact]
    public async Task BringUpToDateAsync_RetiredLogger_IsNotJudgedAnyMore()
    {
        var serial = (await MeasuredAsync(1))[0];
        await Places.BringUpToDateAsync();

        await Portal.Get<Retirement>().RetireAsync(Anna, [await SeeAsync(serial)], "broken");
        await Places.BringUpToDateAsync();

        Assert.Equal([true, false], await JudgedAsync(serial));
    }

    [Fact]
    public async Task BringUpToDateAsync_LocationWithARuleIsDeleted_EndsTheRule()
    {
        var ward = await LocationAsync("Ward");
        await SaveAsync(Limits(place: new() { LocationId = ward }));

        await Portal.Get<LocationDecisions>().DeleteAsync(Anna, SeeLocation("Ward"));
        await Places.BringUpToDateAsync();

        Assert.Empty(Own);
        Assert.Equal(["Efento Portal|alarm rule ended|rule fridges|||its location was deleted"], Audited(RuleAudit.Ended));
    }

    [Fact]
    public async Task RuleForALoggerNobodyHeard_AppliesWhenItIs_AndStaysWithThePoint()
    {
        var serial = Some.Serial();
        await SaveAsync(Limits("waits", new() { Serial = serial.ToLowerInvariant(), Channel = 1 }));
        await AnswerAsync(serial);
        await Places.BringUpToDateAsync();
        var point = await SeePointAsync(serial);
        Assert.Equal("waits", await AppliedAsync(serial));

        var successor = (await MeasuredAsync(1))[0];
        Assert.Equal(PointOutcome.Done, await Portal.Get<LoggerReplacement>().ReplaceAsync(Anna, new()
        {
            Point = point,
            Old = await SeeAsync(serial),
            New = await SeeAsync(successor),
            AtUtc = DateTimeOffset.UtcNow,
            RetiresOld = true,
            Reason = "battery",
        }));
        await Places.BringUpToDateAsync();

        Assert.Equal(point.Id, (await SeePointAsync(successor)).Id);
        Assert.Equal("waits", await AppliedAsync(successor));
    }

    [Fact]
    public async Task Restart_FindsEverythingWrittenDown()
    {
        var serial = (await MeasuredAsync(1))[0];
        await Places.BringUpToDateAsync();
        var rows = Portal.Database.Count("point_place");

        await Portal.RestartAsync();

        Assert.Equal(rows, Portal.Database.Count("point_place"));
        Assert.Equal([true], await JudgedAsync(serial));
    }

    private Seen SeeLocation(string name) =>
        Portal.Get<LocationDirectory>().Tree.All.Single(l => l.Name == name) is var location ? new(location.Id, location.Version) : default;

    private IReadOnlyList<string> RowsOf(int point) =>
        Portal.Database.Lines("SELECT from_ms, path, is_judged FROM point_place WHERE point_id = $0 ORDER BY from_ms", point);

    private async Task<IEnumerable<bool>> JudgedAsync(string serial)
    {
        var point = (await FindAsync(serial)).Point?.Id ?? Portal.Database.Scalar<int>(
            "SELECT a.point_id FROM logger_assignment a JOIN logger l ON l.id = a.logger_id WHERE l.serial = $0", serial);
        return Book.Places.Where(p => p.PointId == point).Select(p => p.IsJudged);
    }

    /// <summary>Does something after each question.</summary>
    private sealed class Meanwhile(Func<Task> action) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult> DataReaderClosingAsync(
            DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            await action();
            return result;
        }
    }
}

/// <summary>The same where new loggers are held.</summary>
public sealed class PlaceLogOfHeldLoggersTests : RulesContext
{
    protected override Dictionary<string, string> Settings => new() { ["Portal:Ingest:UnknownLoggers"] = "Hold" };

    [Fact]
    public async Task BringUpToDateAsync_HeldLogger_IsJudgedFromItsApprovalOn()
    {
        var serial = Some.Serial();
        await AnswerAsync(serial);
        await Portal.Get<PlaceLog>().BringUpToDateAsync();
        var logger = Portal.Database.Row("SELECT id, version FROM logger WHERE serial = $0", serial);

        await Portal.Get<LoggerAdmission>().ApproveAsync(Anna, [new Seen((int)(long)logger[0]!, (int)(long)logger[1]!)]);
        await Portal.Get<PlaceLog>().BringUpToDateAsync();

        Assert.Equal([(true, false), (false, true)], Book.Places.Select(p => (p.FromMs == long.MinValue, p.IsJudged)));
    }
}

/// <summary>The same for those who are told of what was stored.</summary>
public sealed class PlaceLogOfConsumersTests
{
    [Fact]
    public async Task BringUpToDateAsync_ByAConsumerThatIsToldOfANewLogger_FindsItsPoint()
    {
        var consumer = new RecordingConsumer();
        await using var portal = await PortalUnderTest.StartAsync(new() { Customise = consumer.AddTo });
        var found = new TaskCompletionSource<int>();
        consumer.OnTake = async (_, stopping) =>
        {
            await portal.Get<PlaceLog>().BringUpToDateAsync(stopping);
            found.TrySetResult(portal.Get<RuleDirectory>().Book.Places.Count);
        };

        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));

        Assert.Equal(1, await found.Task.WaitAsync(Until.Patience, TestContext.Current.CancellationToken));
    }
}
