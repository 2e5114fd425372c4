using System.Data.Common;
using System.Diagnostics.Metrics;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Health;

/// <summary>
/// Figures of the queue of deliveries and of what becomes of them, named by the conventions of OpenTelemetry. What waits is counted when
/// somebody collects the figures. Thread-safe.
/// </summary>
internal sealed class NotificationMeter
{
    /// <summary>The tag with the kind of the channel, as notifications.json has it.</summary>
    public const string KindTag = "efento.channel.kind";

    /// <summary>The tag with what became of it.</summary>
    public const string OutcomeTag = "efento.outcome";

    /// <summary>The kind of a channel that is not there any more.</summary>
    private const string Gone = "removed";

    private readonly NotificationDirectory _directory;
    private readonly IDbContextFactory<PortalDbContext> _database;
    private readonly TimeProvider _time;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _durations;

    public NotificationMeter(
        IMeterFactory meters, NotificationDirectory directory, IDbContextFactory<PortalDbContext> database, TimeProvider time)
    {
        (_directory, _database, _time) = (directory, database, time);
        var meter = PortalMeter.Of(meters);
        _deliveries = meter.CreateCounter<long>(
            "efento.deliveries", "{delivery}",
            "What became of attempts to send: accepted, failed for good, to be tried again, or ended unsent.");
        _durations = meter.CreateHistogram<double>("efento.delivery.send.duration", "s", "How long an attempt to send took.");
        meter.CreateObservableUpDownCounter("efento.deliveries.waiting", Waiting, "{delivery}", "Deliveries that are due and not done.");
        meter.CreateObservableGauge("efento.deliveries.oldest.age", OldestAge, "s", "How long the oldest of them has been due.");
    }

    /// <summary>An attempt was made.</summary>
    public void Attempted(ChannelKind kind, SendOutcome outcome, TimeSpan took) => _durations.Record(
        took.TotalSeconds, new(KindTag, AlarmItem.Word(kind)), new(OutcomeTag, WordOf(outcome)));

    /// <summary>Something became of a delivery, and is committed.</summary>
    public void Became(string channel, DeliveryState state) =>
        _deliveries.Add(1, new(KindTag, KindOf(channel)), new(OutcomeTag, WordOf(state)));

    private static string WordOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => WordOf(DeliveryState.Accepted),
        SendOutcome.Refused => WordOf(DeliveryState.Failed),
        SendOutcome.NoDevice => WordOf(DeliveryState.Ended),
        _ => WordOf(DeliveryState.Queued),
    };

    private static string WordOf(DeliveryState state) => state switch
    {
        DeliveryState.Accepted => "accepted",
        DeliveryState.Failed => "failed",
        DeliveryState.Ended => "ended",
        _ => "retry",
    };

    private string KindOf(string channel) =>
        _directory.Book.Channels.GetValueOrDefault(channel) is { } its ? AlarmItem.Word(its.Row.Kind) : Gone;

    private IEnumerable<Measurement<long>> Waiting() =>
        from due in Due()
        group due by KindOf(due.Channel) into its
        select new Measurement<long>(its.Sum(d => d.Count), new KeyValuePair<string, object?>(KindTag, its.Key));

    private IEnumerable<Measurement<double>> OldestAge() =>
        from due in Due()
        group due by KindOf(due.Channel) into its
        select new Measurement<double>(
            (_time.GetUtcNow() - its.Min(d => d.OldestUtc)).TotalSeconds, new KeyValuePair<string, object?>(KindTag, its.Key));

    /// <summary>What is due, by channel. If the database can't be read, there is no figure rather than a wrong one.</summary>
    private IReadOnlyList<DueOfChannel> Due()
    {
        var now = _time.GetUtcNow();
        try
        {
            using var db = _database.CreateDbContext();
            return
            [
                .. DeliveryRows.Open(db).Where(d => d.DueUtc <= now).GroupBy(d => d.Channel)
                    .Select(g => new { g.Key, Count = g.LongCount(), Oldest = g.Min(d => d.DueUtc) }).AsEnumerable()
                    .Select(g => new DueOfChannel(g.Key, g.Count, g.Oldest)),
            ];
        }
        catch (DbException)
        {
            return [];
        }
    }

    private sealed record DueOfChannel(string Channel, long Count, DateTimeOffset OldestUtc);
}
