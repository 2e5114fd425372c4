using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>Loggers as the overview gets them.</summary>
internal static class OverviewLoggers
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A logger that measures every 4 minutes: late after 6, silent after 12.</summary>
    public static LoggerOverview Logger(
        string name, int minutesAgo = 1, ReadingStatus status = ReadingStatus.Valid, double value = 4.5, LocationEntry? at = null,
        string type = "temperature")
    {
        var measuredAt = Now.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds();
        return new()
        {
            Id = 1,
            Serial = "282C024FFFB2",
            PointName = name,
            Point = at is null ? null : new PointOverview(1, name, null, null, 0) { Location = at },
            Approval = LoggerApproval.Accepted,
            Synchronise = true,
            FirstSeenUtc = Now.AddDays(-1),
            Contact = new LoggerContactOverview(
                Now.AddMinutes(-minutesAgo), 240, null, null, null, Now.AddMinutes(-minutesAgo), 0, null, null),
            Freshness = LoggerFreshness.Of(new LoggerContact(measuredAt, 240, 0, null, null, 0, null), null),
            Series =
            [
                new SeriesOverview(
                    1, 1, MeasurementTypes.Get(type),
                    new Reading(measuredAt, status is ReadingStatus.Error ? null : value, status, ReadingFlags.None, 0))
            ],
        };
    }
}
