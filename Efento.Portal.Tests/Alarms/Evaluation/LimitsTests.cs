using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Evaluation;

namespace Efento.Portal.Tests.Alarms.Evaluation;

/// <summary>When limits raise an alarm, what its begin, end, level and peak are.</summary>
public sealed class LimitsTests
{
    [Fact]
    public void Alarm_WithoutDelay_BeginsWithTheFirstReadingOutside()
    {
        var alarm = Assert.Single(Bench.Of(Conditions.Fridge()).DeliverEach(Bench.EachMinute(5, 6, 9, 10, 7)).Alarms);

        Assert.Equal((2, 1, 4), (MinuteOf(alarm.BeganMs), MinuteOf(alarm.BeganAfterMs), MinuteOf(alarm.EndedMs)));
        Assert.Equal((10.0, 3, 8.0), (alarm.Peak, MinuteOf(alarm.PeakMs), alarm.Limit));
        Assert.Equal(AlarmLevel.Critical, alarm.Level);
    }

    [Theory]
    [InlineData(8.0)]
    [InlineData(2.0)]
    public void Limit_Itself_IsInside(double value) =>
        Assert.Empty(Bench.Of(Conditions.Fridge()).DeliverEach(Bench.EachMinute(5, value)).Alarms);

    [Fact]
    public void Delay_IsReached_ByTheTimeBetweenReadingsOutside()
    {
        var bench = Bench.Of(Conditions.Fridge(delay: 3)).DeliverEach(Bench.EachMinute(5, 9, 9, 9));
        Assert.Empty(bench.Alarms);

        bench.Deliver(Bench.At(4, 9));

        var alarm = Assert.Single(bench.Alarms);
        Assert.Equal((1, 4), (MinuteOf(alarm.BeganMs), MinuteOf(alarm.CompletedMs)));
        Assert.Null(alarm.EndedMs);
    }

    [Fact]
    public void Delay_AboveTheUpperLimit_CanBeAnother()
    {
        var fridge = new LimitsCondition(1, null, (new Patience(60_000, HighDelayMs: 180_000), new Band(2, 8)), 0);

        Assert.Equal(1, MinuteOf(Assert.Single(Bench.Of(fridge).DeliverEach(Bench.EachMinute(1, 1, 5)).Alarms).CompletedMs));
        Assert.Empty(Bench.Of(fridge).DeliverEach(Bench.EachMinute(9, 9, 9, 5)).Alarms);
        Assert.Equal(3, MinuteOf(Assert.Single(Bench.Of(fridge).DeliverEach(Bench.EachMinute(9, 9, 9, 9)).Alarms).CompletedMs));
    }

    [Fact]
    public void Delay_ReadingInside_BeginsAnew() =>
        Assert.Empty(Bench.Of(Conditions.Fridge(delay: 3)).DeliverEach(Bench.EachMinute(9, 9, 9, 8, 9, 9, 9, 7)).Alarms);

    [Fact]
    public void Gap_DoesNotCount_AndDoesNotEnd()
    {
        var bench = Bench.Of(Conditions.Fridge(delay: 3)).DeliverEach(Bench.EachMinute(5, 5, 5, 5, 9, 9));

        bench.Deliver(Bench.At(65, 9));
        Assert.Empty(bench.Alarms);
        bench.DeliverEach([Bench.At(66, 9), Bench.At(67, 9)]);

        Assert.Equal(4, MinuteOf(Assert.Single(bench.Alarms).BeganMs));
    }

    [Fact]
    public void ReadingWithoutValue_NeitherCounts_NorEnds()
    {
        var alarm = Assert.Single(
            Bench.Of(Conditions.Fridge(delay: 4)).DeliverEach(Bench.EachMinute(5, 5, 5, 9, 9, null, 9, 9)).Alarms);

        Assert.Equal((3, 7), (MinuteOf(alarm.BeganMs), MinuteOf(alarm.CompletedMs)));
        Assert.Null(alarm.EndedMs);
    }

    [Fact]
    public void Margin_IsNeededToEnd_NotToBegin()
    {
        var bench = Bench.Of(Conditions.Fridge(margin: 0.5)).DeliverEach(Bench.EachMinute(7.9, 8.1, 7.8));
        Assert.Null(Assert.Single(bench.Alarms).EndedMs);

        bench.Deliver(Bench.At(3, 7.5));

        Assert.Equal(3, MinuteOf(Assert.Single(bench.Alarms).EndedMs));
    }

    [Fact]
    public void Level_RisesAndFalls_InOneAlarm()
    {
        var bench = Bench.Of(Conditions.Fridge(warnAbove: 7)).DeliverEach(Bench.EachMinute(6, 7.5, 9, 7.5));

        var alarm = Assert.Single(bench.Alarms);
        Assert.Equal((AlarmLevel.Critical, AlarmLevel.Warning, 1), (alarm.Level, alarm.LevelNow, MinuteOf(alarm.BeganMs)));
        Assert.Equal(
            [AlarmEventKind.Raised, AlarmEventKind.Rose, AlarmEventKind.Fell], bench.Events.Select(e => e.Kind));
        Assert.Null(alarm.EndedMs);
    }

    [Fact]
    public void Cumulative_TimesOutside_AddUp()
    {
        var bench = Bench.Of(Conditions.Fridge(delay: 4, cumulativeIn: 60))
            .DeliverEach(Bench.EachMinute(5, 9, 9, 9, 5, 5, 9, 9, 11));

        var alarm = Assert.Single(bench.Alarms);
        Assert.Equal((1, 0, 8, 11.0), (MinuteOf(alarm.BeganMs), MinuteOf(alarm.BeganAfterMs), MinuteOf(alarm.CompletedMs), alarm.Peak));
    }

    [Fact]
    public void Cumulative_WhatLiesTooFarBack_DoesNotCount() =>
        Assert.Empty(
            Bench.Of(Conditions.Fridge(delay: 4, cumulativeIn: 6)).DeliverEach(Bench.EachMinute(9, 9, 9, 5, 5, 5, 9, 9, 9)).Alarms);

    /// <summary>In an outage of eight hours a fridge was warm for two; the gateway delivers the newest first.</summary>
    [Fact]
    public void Outage_FilledInNewestFirst_IsOneAlarmFoundAfterwards()
    {
        var bench = Bench.Of(Conditions.Fridge(delay: 15)).DeliverEach(Enumerable.Range(0, 60).Select(i => Bench.At(i, 5)));
        var outage = Enumerable.Range(60, 480).Select(i => Bench.At(i, i is >= 200 and < 320 ? 9 + ((i - 200) / 60.0) : 5)).ToArray();

        bench.Deliver(Bench.At(540, 5));
        foreach (var message in outage.Reverse().Chunk(12))
        {
            bench.Deliver(message);
        }

        var alarm = Assert.Single(bench.Records);
        Assert.Equal((200, 199, 320), (MinuteOf(alarm.BeganMs), MinuteOf(alarm.BeganAfterMs), MinuteOf(alarm.EndedMs)));
        Assert.Equal((319, true), (MinuteOf(alarm.PeakMs), alarm.IsFoundAfterwards));
    }

    private static int? MinuteOf(long? ms) => (int?)((ms - Bench.Zero) / 60_000);

    private static int MinuteOf(long ms) => (int)((ms - Bench.Zero) / 60_000);
}
