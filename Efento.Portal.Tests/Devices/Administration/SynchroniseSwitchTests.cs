using CsCheck;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Devices.Administration;

public sealed class SynchroniseSwitchTests : AdministrationContext
{
    [Fact]
    public async Task SetAsync_N_HoldsInTheNextReplyAndAfterARestart()
    {
        var serials = await MeasuredAsync(2);

        await SetAsync(false, serials[1]);

        Assert.Equal("""{"Y":[1],"N":[2]}""", await AnswerAsync(serials));
        await Portal.RestartAsync();
        Assert.Equal("""{"Y":[1],"N":[2]}""", await AnswerAsync(serials));
    }

    [Fact]
    public async Task SetAsync_N_TellsWhoWhenAndWhy()
    {
        var serials = await MeasuredAsync(1);

        await SetAsync(false, serials);

        var logger = await FindAsync(serials[0]);
        Assert.Equal(("anna@portal.test", "probe broken"), (logger.SynchroniseSetting!.By, logger.SynchroniseSetting.Reason));
        Assert.Equal(FreshnessState.Unsynchronised, logger.Freshness.At(DateTimeOffset.UtcNow.AddDays(9)));
        Assert.Equal([$"anna@portal.test|synchronisation set|logger {serials[0]}|Y|N|probe broken"], Audited(SynchroniseSwitch.Action));
    }

    [Fact]
    public async Task Undo_OfSeveral_GivesEachItsValueOfBeforeAsANewAuditedChange()
    {
        var serials = await MeasuredAsync(3);
        await SetAsync(false, serials[0]);
        var outcome = await SetAsync(false, serials);

        await Portal.Get<SynchroniseSwitch>().SetAsync(Anna, outcome.Undo, "Undone: probe broken");

        Assert.Equal("""{"Y":[2,3],"N":[1]}""", await AnswerAsync(serials));
        Assert.Equal(5, Audited(SynchroniseSwitch.Action).Count);
    }

    [Fact]
    public async Task SetAsync_ChangedMeanwhile_LeavesThatOneAloneAndNamesIt()
    {
        var serials = await MeasuredAsync(2);
        var preview = await PreviewAsync(false, serials);
        await SetAsync(false, serials[0]);
        await SetAsync(true, serials[0]);

        var outcome = await Portal.Get<SynchroniseSwitch>().SetAsync(Anna, preview.Changes, "both off");

        Assert.Equal([serials[0]], outcome.Meanwhile);
        Assert.Equal([serials[1]], outcome.Changed.Select(c => c.Serial));
        Assert.Equal("""{"Y":[1],"N":[2]}""", await AnswerAsync(serials));
    }

    [Fact]
    public async Task SetAsync_TwoAtOnce_OneIsDoneAndTheOtherIsTold()
    {
        var serials = await MeasuredAsync(1);
        var preview = await PreviewAsync(false, serials);
        var both = Portal.Get<SynchroniseSwitch>();

        var outcomes = await Task.WhenAll(both.SetAsync(Anna, preview.Changes, "first"), both.SetAsync(Anna, preview.Changes, "second"));

        Assert.Single(outcomes, o => o.Changed.Count == 1);
        Assert.Single(outcomes, o => o.Meanwhile.SequenceEqual(serials));
        Assert.Single(Audited(SynchroniseSwitch.Action));
    }

    [Fact]
    public async Task SetAsync_AuditFails_LeavesRowAndMemoryAsTheyWere()
    {
        var serials = await MeasuredAsync(2);
        var preview = await PreviewAsync(false, serials);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Portal.Get<SynchroniseSwitch>().SetAsync(Anna, preview.Changes, "why"));

        Assert.Equal(
            ["1|0||", "1|0||"], Portal.Database.Lines("SELECT synchronise, version, synchronise_set_by, synchronise_reason FROM logger"));
        Assert.Equal("""{"Y":[1,2],"N":[]}""", await AnswerAsync(serials));
    }

    [Fact]
    public async Task SetAsync_RowFails_WritesNoAudit()
    {
        var serials = await MeasuredAsync(1);
        var preview = await PreviewAsync(false, serials);
        Portal.Database.Execute("CREATE TRIGGER row_breaks BEFORE UPDATE ON logger BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAsync<DbUpdateException>(() => Portal.Get<SynchroniseSwitch>().SetAsync(Anna, preview.Changes, "why"));

        Assert.Empty(Audited(SynchroniseSwitch.Action));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task SetAsync_WithoutReason_IsRefused(string reason)
    {
        var preview = await PreviewAsync(false, await MeasuredAsync(1));

        await Assert.ThrowsAsync<ArgumentException>(() => Portal.Get<SynchroniseSwitch>().SetAsync(Anna, preview.Changes, reason));
    }

    [Fact]
    public async Task SetAsync_WhileGatewaysSend_EveryReplyAfterItFollows()
    {
        var serials = await MeasuredAsync(4);
        using var stop = new CancellationTokenSource();
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await AnswerAsync(serials);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            await SetAsync(i % 2 == 1, serials);

            Assert.Equal(i % 2 == 1 ? """{"Y":[1,2,3,4],"N":[]}""" : """{"Y":[],"N":[1,2,3,4]}""", await AnswerAsync(serials));
        }

        await stop.CancelAsync();
        await traffic;
    }

    /// <summary>Whatever loggers are like and are asked for, what the preview names changes as it says, and nothing else does.</summary>
    [Fact]
    public async Task PreviewAsync_AnyLoggers_IsWhatThenChanges()
    {
        var serials = await MeasuredAsync(8);
        var choices =
            from flags in Gen.Bool.Array[8]
            from approvals in Gen.Int[0, 2].Array[8]
            from chosen in Gen.Bool.Array[8]
            from to in Gen.Bool
            select (flags, approvals, chosen, to);

        await choices.SampleAsync(
            async choice =>
            {
                await ArrangeAsync(serials, choice.flags, choice.approvals);
                string[] wanted = [.. serials.Where((_, i) => choice.chosen[i])];
                var before = await FlagsAsync(serials);
                var preview = await PreviewAsync(choice.to, wanted);

                var outcome = await Portal.Get<SynchroniseSwitch>().SetAsync(Anna, preview.Changes, "why");

                var after = await FlagsAsync(serials);
                var differing = serials.Where(s => before[s] != after[s]).Order();
                return differing.SequenceEqual(preview.Changes.Select(c => c.Serial).Order())
                    && preview.Changes.All(c => before[c.Serial] == c.From && after[c.Serial] == c.To)
                    && outcome.Changed.Select(c => c.Serial).Order().SequenceEqual(differing)
                    && preview.Changes.Count + preview.LeftAlone.Count == wanted.Length
                    && outcome.Meanwhile.Count == 0;
            },
            iter: 30, threads: 1);
    }

    private async Task ArrangeAsync(string[] serials, bool[] flags, int[] approvals)
    {
        await Portal.Get<Efento.Portal.Data.WriteGate>().WriteAsync(
            async db =>
            {
                var loggers = await db.Loggers.ToListAsync();
                foreach (var logger in loggers)
                {
                    var i = Array.IndexOf(serials, logger.Serial);
                    (logger.Synchronise, logger.Approval) = (flags[i], (LoggerApproval)approvals[i]);
                }

                return loggers;
            },
            loggers => loggers.ForEach(Portal.Get<LoggerDirectory>().Decide));
    }

    /// <summary>Y or N as gateways are answered.</summary>
    private async Task<Dictionary<string, bool>> FlagsAsync(string[] serials)
    {
        var answer = System.Text.Json.JsonDocument.Parse(await AnswerAsync(serials)).RootElement
            .GetProperty("Y")
            .EnumerateArray()
            .Select(h => h.GetInt32())
            .ToHashSet();
        return serials.Select((serial, i) => (serial, answer.Contains(i + 1))).ToDictionary();
    }
}
