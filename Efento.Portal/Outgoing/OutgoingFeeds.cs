using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Outgoing;

/// <summary>All feeds, in the order of the settings.</summary>
internal sealed class OutgoingFeeds(IOptions<PortalOptions> options, ArrivalCursors cursors, TimeProvider time)
{
    /// <summary>The feeds.</summary>
    public IReadOnlyList<OutgoingFeed> All { get; } =
        [.. options.Value.Outgoing.Select(feed => new OutgoingFeed(feed, cursors, time))];
}
