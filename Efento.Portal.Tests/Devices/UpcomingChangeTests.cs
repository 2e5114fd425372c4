using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using static Efento.Portal.Tests.Components.Pages.OverviewLoggers;

namespace Efento.Portal.Tests.Devices;

public sealed class UpcomingChangeTests
{
    [Fact]
    public void Next_OfOneInOrder_IsDueThenLateThenSilent() =>
        Assert.Equal(
            [
                (3, LoggerCondition.Fresh, LoggerCondition.Due), (5, LoggerCondition.Due, LoggerCondition.Late),
                (11, LoggerCondition.Late, LoggerCondition.Silent)
            ],
            UpcomingChange.Next([Logger("a")], null, Now, 10).Select(t => ((int)(t.AtUtc - Now).TotalMinutes, t.From, t.To)));

    [Fact]
    public void Next_InAMaintenance_EndsThere()
    {
        var maintenance = new MaintenanceWindow { Reason = "", FromUtc = Now.AddMinutes(-2), UntilUtc = Now.AddHours(1) };

        Assert.Equal(
            [LoggerCondition.Due, LoggerCondition.InMaintenance],
            UpcomingChange.Next([Logger("a")], maintenance, Now, 10).Select(t => t.To));
    }

    [Fact]
    public void Next_OfMany_AreTheFirstOnes() =>
        Assert.Equal(
            [LoggerCondition.Silent, LoggerCondition.Due],
            UpcomingChange.Next([Logger("a"), Logger("b", minutesAgo: 11)], null, Now, 2).Select(t => t.To));

    [Fact]
    public void Next_OfOneWithAnAlarm_IsNoneForItStaysAnAlarm() =>
        Assert.Empty(UpcomingChange.Next([Logger("a", value: 1, type: "flooding")], null, Now, 10));

    [Fact]
    public void Next_OfOneSilent_IsNone() => Assert.Empty(UpcomingChange.Next([Logger("a", minutesAgo: 60)], null, Now, 10));
}
