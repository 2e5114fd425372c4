using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>Reads what the page of the rules shows.</summary>
internal sealed class RuleSiteReader(
    RuleDirectory rules, LocationDirectory locations, PlacedPoints points, LoggerRoster roster, SeriesDirectory series, TimeProvider time)
{
    /// <summary>Reads it.</summary>
    public async Task<RuleSite> ReadAsync(CancellationToken cancellationToken = default)
    {
        var loggers = await roster.ReadAsync(cancellationToken);
        var channels =
            from logger in loggers.All
            where logger.Point is not null
            from its in series.Of(logger.Logger.Id).OrderBy(s => s.Channel)
            select (logger.Point!.Id, Channel: (its.Channel, its.Type));
        return new(
            rules.Book, locations.Tree, await points.ListAsync(cancellationToken), channels.ToLookup(c => c.Id, c => c.Channel),
            time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
