using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.History;

public sealed class OutageTests
{
    private const long Minute = 60_000;
    private const double Longest = 4.5 * Minute;
    private static readonly Outage Hour = new(60 * Minute, 120 * Minute);

    [Fact]
    public void Explain_GapOfTheOutage_IsMaintenanceAltogether() =>
        Assert.Equal([Gap(58, 127, GapCause.Maintenance)], Explain(Gap(58, 127)));

    [Fact]
    public void Explain_GapLongerThanTheOutage_LeavesTheRestUnexplained() =>
        Assert.Equal([Gap(30, 60), Gap(60, 120, GapCause.Maintenance), Gap(120, 180)], Explain(Gap(30, 180)));

    [Fact]
    public void Explain_GapWithinTheOutage_IsMaintenance() => Assert.Equal([Gap(80, 100, GapCause.Maintenance)], Explain(Gap(80, 100)));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(120, 200)]
    public void Explain_GapBesideTheOutage_StaysUnexplained(long from, long to) => Assert.Equal([Gap(from, to)], Explain(Gap(from, to)));

    [Fact]
    public void Explain_ReadingsWithoutValue_AreNoMatterOfTheOutage() =>
        Assert.Equal([Gap(58, 127, GapCause.NoValue)], Explain(Gap(58, 127, GapCause.NoValue)));

    [Fact]
    public void Explain_GapOverTwoOutages_NamesBoth()
    {
        var second = new Outage(300 * Minute, 310 * Minute);

        Assert.Equal(
            [Gap(59, 120, GapCause.Maintenance), Gap(120, 300), Gap(300, 312, GapCause.Maintenance)],
            Outage.Explain([Gap(59, 312)], [Hour, second], Longest));
    }

    [Fact]
    public void Explain_TwoOutagesCloseToEachOther_LeaveNoSliver()
    {
        var second = new Outage(122 * Minute, 130 * Minute);

        Assert.Equal(
            [Gap(59, 120, GapCause.Maintenance), Gap(120, 131, GapCause.Maintenance)],
            Outage.Explain([Gap(59, 131)], [Hour, second], Longest));
    }

    private static List<HistoryGap> Explain(HistoryGap gap) => Outage.Explain([gap], [Hour], Longest);

    private static HistoryGap Gap(long from, long to, GapCause cause = GapCause.Missing) => new(from * Minute, to * Minute, cause);
}
