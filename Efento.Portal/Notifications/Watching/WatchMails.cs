using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Watching;

/// <summary>Writes the mail of a day, as its reader reads it and as far as they may see.</summary>
internal sealed class WatchMails(WatchReporter reporter, IAlarmPhrases phrases, PublicAddress address, PeopleDirectory people)
    : IOtherMessages
{
    /// <summary>What programs know such a message by.</summary>
    public const string EventType = "portal.watching";

    /// <inheritdoc/>
    public DeliveryEvent Event => DeliveryEvent.Watching;

    /// <summary>The deliveries of the last mail.</summary>
    public static async Task<IReadOnlyList<Delivery>> LastAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var all = db.Deliveries.AsNoTracking().Where(d => d.AlarmId == Delivery.NoAlarm && d.Event == DeliveryEvent.Watching);
        var last = await all.MaxAsync(d => (DateTimeOffset?)d.QueuedUtc, cancellationToken);
        return last is null ? [] : await all.Where(d => d.QueuedUtc == last).OrderBy(d => d.Id).ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<OtherMessage> WriteAsync(Delivery delivery, Reader reader, SiteScope scope, CancellationToken cancellationToken)
    {
        var report = await reporter.ReadAsync(scope, cancellationToken);
        return new(MessageWriter.In(reader, () => Write(delivery, report, reader)), null);
    }

    private OutgoingMessage Write(Delivery delivery, WatchReport report, Reader reader)
    {
        var points = WatchText.Points(report.Points.Sum(p => p.Count));
        var body = new MessageBody();
        body.AddHead(WatchText.Subject(people.Site?.Name ?? PortalLink.Name, points, WatchText.Alarms(report.AlarmCount)));
        body.Add(report.Points.Select(p => WatchWords.Of(p.State, p.Count)));
        body.Add(AlarmsOf(report, reader));
        body.Add([OldestOf(report, reader), ChannelsOf(report, reader), WatchText.AuditHead(report.AuditCount, report.AuditHead)]);
        body.Add([WatchText.WhyThisMail]);
        var link = address.LinkTo("") is { } url ? new Uri(url) : null;
        body.AddLinks(new MessageLink(link, WatchText.OpenPortal, WatchText.Open));
        return new()
        {
            Key = delivery.Key,
            Thread = DailyMail.Chain,
            Recipient = delivery.Address,
            Subject = OneLine.Of(body.Head),
            Text = body.Text,
            Html = body.Html,
            Link = link,
            EventType = EventType,
            Json = JsonSerializer.Serialize(
                new { Type = EventType, Timestamp = delivery.DueUtc, Data = new { body.Text } }, JsonSerializerOptions.Web),
            AtUtc = delivery.DueUtc.UtcDateTime,
        };
    }

    private IEnumerable<string> AlarmsOf(WatchReport report, Reader reader)
    {
        var listed = report.Alarms.Select(a => AlarmOf(a, reader));
        return report.AlarmCount > report.Alarms.Count
            ? listed.Append(WatchText.MoreAlarms(report.AlarmCount - report.Alarms.Count))
            : listed;
    }

    private string AlarmOf(AlarmLine line, Reader reader)
    {
        var alarm = WatchText.Alarm(
            phrases.Level(line.Alarm.Level), phrases.Subject(line), phrases.What(line, reader.Units), reader.At(line.Alarm.BeganMs));
        return line.Alarm.TakenBy is { } by ? WatchText.SomebodyIsOnIt(alarm, by) : WatchText.NobodyIsOnIt(alarm);
    }

    private static string OldestOf(WatchReport report, Reader reader) =>
        report.Oldest is var (point, ms) ? WatchText.Oldest(point, reader.At(ms)) : WatchText.NothingMeasured;

    private static string ChannelsOf(WatchReport report, Reader reader) => report.Failing.Count == 0
        ? WatchText.ChannelsWork
        : WatchText.ChannelsFail(string.Join(", ", report.Failing.Select(c => WatchText.ChannelSince(c.Channel, reader.At(c.SinceMs)))));
}
