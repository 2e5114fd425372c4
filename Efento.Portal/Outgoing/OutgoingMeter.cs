using System.Data.Common;
using System.Diagnostics.Metrics;
using Efento.Portal.Arrivals;
using Efento.Portal.Configuration;

namespace Efento.Portal.Outgoing;

/// <summary>Figures of the feeds: how much waits, and how often they failed. Thread-safe.</summary>
internal sealed class OutgoingMeter
{
    /// <summary>The tag with the key of the feed.</summary>
    public const string FeedTag = "efento.feed";

    private readonly OutgoingFeeds _feeds;
    private readonly ArrivalLedger _ledger;
    private readonly Counter<long> _failures;

    public OutgoingMeter(IMeterFactory meters, OutgoingFeeds feeds, ArrivalLedger ledger)
    {
        (_feeds, _ledger) = (feeds, ledger);
        var meter = PortalMeter.Of(meters);
        _failures = meter.CreateCounter<long>("efento.feed.failures", "{attempt}", "Attempts of a feed to send that failed.");
        meter.CreateObservableUpDownCounter(
            "efento.feed.backlog", Backlog, "{message}", "Messages of gateways with readings that a feed has not sent yet.");
    }

    /// <summary>An attempt failed.</summary>
    public void Failed(string feed) => _failures.Add(1, new KeyValuePair<string, object?>(FeedTag, feed));

    private IEnumerable<Measurement<long>> Backlog()
    {
        List<Measurement<long>> all = [];
        foreach (var feed in _feeds.All)
        {
            try
            {
                var count = _ledger.Count(feed.Now.Position.MessageId);
                all.Add(new(count, new KeyValuePair<string, object?>(FeedTag, feed.Key)));
            }
            catch (DbException)
            {
                // If the database can't be read, there is no figure rather than a wrong one.
                return all;
            }
        }

        return all;
    }
}
