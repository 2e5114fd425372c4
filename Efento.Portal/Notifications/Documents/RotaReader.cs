using System.Text.Json;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Reads a rota of a document.</summary>
/// <param name="tell">Takes what is wrong.</param>
internal sealed class RotaReader(Action<NotificationFault> tell)
{
    /// <summary>Reads it.</summary>
    public RotaDraft Read(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, tell);
        var key = ChannelReader.KeyOf(fields);
        var zone = fields.Zone("zone", isNeeded: true) ?? "";
        var from = fields.Day("from") ?? default;
        var handOver = fields.TimeOfDay("handOver") ?? 0;
        var turns = fields.Texts("people").Select(p => p.Text);
        var people = new RotaPeople([.. turns], OverridesOf(fields));
        if (people.Turns.Count == 0)
        {
            fields.Fail(NotificationFaultKind.Empty, "people");
        }

        fields.End();
        return new RotaDraft(key, zone, from, handOver, people, path);
    }

    private Dictionary<DateOnly, string> OverridesOf(DocumentFields fields)
    {
        Dictionary<DateOnly, string> days = [];
        foreach (var (element, path) in fields.List("days"))
        {
            var its = new DocumentFields(element, path, tell);
            var (day, person) = (its.Day("day"), its.Needed("person"));
            its.End();
            if (day is { } known && !days.TryAdd(known, person))
            {
                its.Fail(NotificationFaultKind.KeyTwice, "day", known.ToString(DocumentFields.DayForm, null));
            }
        }

        return days;
    }
}
