using Efento.Portal.Devices;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Devices;

public sealed class LoggerOverviewTests
{
    [Fact]
    public void Equals_SameSaidTwice_IsTrue() => Assert.Equal(Whole(), Whole());

    [Fact]
    public void Equals_AnyFactDiffers_IsFalse() =>
        Assert.All(OneFact.Variants(Whole()), other => Assert.True(Whole() != other.Copy, other.Path));

    /// <summary>A logger of which everything is known.</summary>
    private static LoggerOverview Whole()
    {
        var contact = new LoggerContactOverview(Some.Start, 180, Some.Start, -70, false, Some.Start, 1, 1, "Ward 3");
        var reading = new Reading(Some.Start.ToUnixTimeMilliseconds(), 4.5, ReadingStatus.Valid, ReadingFlags.None, 1);
        return new LoggerOverview
        {
            Id = 1,
            Serial = "282C024FFFB2",
            PointName = "Fridge",
            Point = new PointOverview(1, "Fridge", "upper shelf", Some.Start, 1)
            {
                Location = new LocationEntry(1, 1, "Ward", "Ward", 1, 1)
            },
            Approval = LoggerApproval.Accepted,
            Synchronise = true,
            SynchroniseSetting = new SynchroniseSetting(Some.Start, "Anna", "test"),
            RetiredUtc = Some.Start,
            FirstSeenUtc = Some.Start,
            Contact = contact,
            Through = [contact],
            Freshness = new LoggerFreshness(Some.Start, Some.Start, Some.Start),
            Series = [new SeriesOverview(1, 1, MeasurementTypes.Get("temperature"), reading) { LastValue = reading }],
        };
    }
}
