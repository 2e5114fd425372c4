using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Writes the messages of drills, which nobody takes for an alarm, in whatever language they are read.</summary>
internal sealed class DrillMessages(
    IDbContextFactory<PortalDbContext> database, DrillLinks links, DrillReach reach, PeopleDirectory people) : IOtherMessages
{
    /// <summary>What programs know such a message by.</summary>
    public const string EventType = "portal.drill";

    /// <summary>How each message begins.</summary>
    public static readonly string Mark = "DRILL / ĆWICZENIA";

    /// <inheritdoc/>
    public DeliveryEvent Event => DeliveryEvent.Drill;

    /// <inheritdoc/>
    public async Task<OtherMessage> WriteAsync(Delivery delivery, Reader reader, SiteScope scope, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var drill = await db.Drills.AsNoTracking().SingleOrDefaultAsync(d => d.Id == delivery.DrillId, cancellationToken);
        return drill is { IsOn: true }
            ? new(MessageWriter.In(reader, () => Write(delivery, drill, reader)), null)
            : new(null, DeliveryEnd.Over);
    }

    private OutgoingMessage Write(Delivery delivery, Drill drill, Reader reader)
    {
        var link = reach.HasLink(delivery.Channel) ? links.To(drill.Id, new Target(delivery.Channel, delivery.Address)) : null;
        var body = new MessageBody();
        body.AddHead($"{Mark}: {DrillText.Subject(people.Site?.Name ?? PortalLink.Name)}");
        body.Add([DrillText.NoAlarm, DrillText.StartedBy(drill.StartedBy, reader.At(drill.StartedUtc.ToUnixTimeMilliseconds()))]);
        body.Add([link is null ? DrillText.NothingToDo : DrillText.PleaseConfirm]);
        body.AddLinks(new MessageLink(link, DrillText.Confirm, DrillText.ConfirmAt));
        return new()
        {
            Key = delivery.Key,
            Thread = $"drill-{drill.Id}",
            Recipient = delivery.Address,
            Subject = OneLine.Of(body.Head),
            Text = body.Text,
            Brief = body.Brief,
            Html = body.Html,
            Path = link is null ? "" : $"{DrillLinks.Path}/{link.Segments[^1]}",
            Answer = link,
            Level = drill.Level,
            EventType = EventType,
            Json = JsonSerializer.Serialize(
                new
                {
                    Type = EventType,
                    Timestamp = delivery.DueUtc,
                    Data = new { Drill = new { drill.Id, StartedAt = drill.StartedUtc }, Text = body.Head },
                },
                JsonSerializerOptions.Web),
            IsTest = true,
            AtUtc = delivery.DueUtc.UtcDateTime,
        };
    }
}
