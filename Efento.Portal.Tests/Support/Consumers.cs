using Efento.Portal.Arrivals;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Tests.Support;

/// <summary>What follows the stored readings in the background.</summary>
internal static class Consumers
{
    /// <summary>Waits until every consumer has taken all that is stored, and saves how far it has come.</summary>
    public static async Task CatchUpAsync(this PortalUnderTest portal)
    {
        var feed = portal.Get<ArrivalFeed>();
        await Task.WhenAll(feed.Subscriptions.Select(s => feed.DeliverAsync(s.Consumer)));
        await portal.Get<RollupJob>().RollUpAsync();
        await portal.Hosted<ArrivalService>().SaveAsync(CancellationToken.None);
    }
}
