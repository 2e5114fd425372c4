using Efento.Portal.Components.Pages.Admin.Maintenance;
using Efento.Portal.Maintenance;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Components.Words;

public sealed class MaintenanceWordsTests
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    private static readonly MaintenanceWindow Window = new()
    {
        Reason = "New disk",
        FromUtc = new DateTimeOffset(2026, 11, 25, 13, 3, 0, TimeSpan.Zero),
        UntilUtc = new DateTimeOffset(2026, 11, 25, 14, 3, 0, TimeSpan.Zero),
    };

    public static TheoryData<MaintenanceFault> Faults => [.. Enum.GetValues<MaintenanceFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Why_InEnglish_IsWhatTheReadApiSays(MaintenanceFault fault)
    {
        Languages.Use("en");
        var (outcome, gone) = (new MaintenanceOutcome(fault, Window), new MaintenanceOutcome(MaintenanceFault.Changed));

        Assert.Equal(
            outcome.Why(time => TimeZoneInfo.ConvertTime(time, Warsaw).ToString("d MMM yyyy, HH:mm 'UTC'zzz")),
            MaintenanceWords.Why(outcome, Warsaw));
        Assert.Equal(gone.Why(_ => ""), MaintenanceWords.Why(gone, Warsaw));
    }

    [Fact]
    public void Why_InPolish_HasTimesWithTheirOffset()
    {
        Languages.Use("pl");

        Assert.Contains(
            "od 25 lis 2026, 14:03 UTC+01:00 do 25 lis 2026, 15:03 UTC+01:00 (New disk)",
            MaintenanceWords.Why(new MaintenanceOutcome(MaintenanceFault.Overlap, Window), Warsaw));
    }
}
