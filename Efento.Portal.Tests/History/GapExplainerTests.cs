using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.History;

public sealed class GapExplainerTests
{
    private const long Minute = 60_000;
    private const double Longest = 4.5 * Minute;

    [Fact]
    public void Explain_NothingKnown_IsUnexplained() =>
        Assert.Equal([Gap(0, 60, GapCause.Missing)], Explain(0, 60, GapEvidence.None));

    [Theory]
    [InlineData(58, 127)]
    [InlineData(80, 100)]
    public void Explain_GapOfTheMaintenance_IsMaintenanceAltogether(long from, long to) =>
        Assert.Equal([Gap(from, to, GapCause.Maintenance)], Explain(from, to, new() { Maintenance = [Time(60, 120)] }));

    [Fact]
    public void Explain_LongerThanItsCause_LeavesTheRestUnexplained() =>
        Assert.Equal(
            [Gap(30, 60, GapCause.Missing), Gap(60, 120, GapCause.GatewayOffline), Gap(120, 180, GapCause.Missing)],
            Explain(30, 180, new() { GatewayOffline = [Time(60, 120)] }));

    [Theory]
    [InlineData(4.5, true)]
    [InlineData(4.6, false)]
    public void Explain_BeginWithinOneAndAHalfIntervals_BelongsToTheCause(double minutesBefore, bool isItsOwn)
    {
        var found = GapExplainer.Explain(
            new Stretch((long)((60 - minutesBefore) * Minute), 120 * Minute), Longest, new() { NotSynchronised = [Time(60, 120)] });

        Assert.Equal(isItsOwn ? 1 : 2, found.Count);
        Assert.Equal(GapCause.NotSynchronised, found[^1].Cause);
    }

    [Theory]
    [InlineData(9.5, true)]
    [InlineData(9.6, false)]
    public void Explain_EndWithinOneAndAHalfIntervalsAndAPause_BelongsToTheCause(double minutesAfter, bool isItsOwn)
    {
        var found = GapExplainer.Explain(
            new Stretch(60 * Minute, (long)((120 + minutesAfter) * Minute)), Longest, new() { Maintenance = [Time(60, 120)] });

        Assert.Equal(isItsOwn ? 1 : 2, found.Count);
        Assert.Equal(GapCause.Maintenance, found[0].Cause);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(130, 200)]
    public void Explain_CauseBesideTheGap_ExplainsNothing(long from, long to) =>
        Assert.Equal([Gap(from, to, GapCause.Missing)], Explain(from, to, new() { Maintenance = [Time(60, 120)] }));

    [Fact]
    public void Explain_SeveralCauses_TakesTheMostCertain()
    {
        var all = new GapEvidence
        {
            WithoutValue = [Time(0, 60)],
            Maintenance = [Time(0, 120)],
            GatewayOffline = [Time(0, 180)],
            NotSynchronised = [Time(0, 240)],
            OthersHeard = [Time(290, 290)],
        };

        Assert.Equal(
            [
                Gap(0, 60, GapCause.NoValue), Gap(60, 120, GapCause.Maintenance), Gap(120, 180, GapCause.GatewayOffline),
                Gap(180, 240, GapCause.NotSynchronised), Gap(240, 300, GapCause.NotHeard),
            ],
            Explain(0, 300, all));
    }

    [Fact]
    public void Explain_ErrorsOneByOne_AreOneCause() =>
        Assert.Equal(
            [Gap(0, 15, GapCause.NoValue)], Explain(0, 15, new() { WithoutValue = [Time(3, 3), Time(6, 6), Time(9, 9), Time(12, 12)] }));

    [Fact]
    public void Explain_AMomentWithinAGap_IsNoGapOfNoLength() =>
        Assert.Equal([Gap(0, 60, GapCause.Missing)], Explain(0, 60, new() { WithoutValue = [Time(30, 30)] }));

    [Fact]
    public void Explain_OthersHeardOutsideTheGap_SayNothing() =>
        Assert.Equal([Gap(10, 20, GapCause.Missing)], Explain(10, 20, new() { OthersHeard = [Time(5, 5), Time(20, 20)] }));

    [Fact]
    public void Explain_SetToNUntilNow_ReachesToTheEnd() =>
        Assert.Equal(
            [Gap(0, 60, GapCause.NotSynchronised)], Explain(0, 60, new() { NotSynchronised = [new Stretch(Minute, long.MaxValue)] }));

    private static HistoryGap Gap(long from, long to, GapCause cause) => new(from * Minute, to * Minute, cause);

    private static Stretch Time(long from, long to) => new(from * Minute, to * Minute);

    private static IReadOnlyList<HistoryGap> Explain(long from, long to, GapEvidence evidence) =>
        GapExplainer.Explain(Time(from, to), Longest, evidence);
}
