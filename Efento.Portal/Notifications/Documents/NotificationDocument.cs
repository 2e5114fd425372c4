using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Duty;
using Efento.Portal.Notifications.Watching;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Writes channels, people, rotas and chains as a document (notifications.json), without any secret. docs/notifications.md describes it,
/// docs/notifications.schema.json is its schema.
/// </summary>
internal static class NotificationDocument
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of these.</summary>
    public static string Write(
        IEnumerable<NotificationChannel> channels, IEnumerable<NotificationRecipient> people, IEnumerable<NotificationRota> rotas,
        IEnumerable<NotificationChain> chains, NotificationWatching? watching, DocumentPlaces places)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            WriteList(json, "channels", channels.OrderBy(c => c.Key, StringComparer.Ordinal), Write);
            WriteList(json, "people", people.OrderBy(p => p.Address, StringComparer.Ordinal), Write);
            WriteList(json, "rotas", rotas.OrderBy(r => r.Key, StringComparer.Ordinal), Write);

            // A chain of a location that was deleted has no place that could be written. It tells nobody.
            var there = chains.Where(c => c.LocationId is null || places.Tree.Find(c.LocationId) is not null);
            WriteList(json, "chains", there.OrderBy(c => c.Key, StringComparer.Ordinal), (writer, chain) => Write(writer, chain, places));
            Write(json, watching);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The fields of a channel as a document has them, without any secret.</summary>
    public static JsonElement FieldsOf(NotificationChannel row)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            Write(json, row);
            json.WriteEndObject();
        }

        return JsonElement.Parse(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, NotificationChannel row)
    {
        var its = ChannelVault.OpenSettings(row);
        json.WriteString("key", row.Key);
        json.WriteString("kind", NotificationWords.Of(NotificationWords.Kinds, row.Kind));
        if (its.Host is not null)
        {
            WriteServer(json, its);
        }
        else
        {
            WriteText(json, "url", its.Url);
            json.WriteBoolean("allowPrivateNetworks", its.AllowPrivateNetworks);
        }

        WriteText(json, "from", its.From);
        WriteText(json, "to", its.To);
        WriteText(json, row.Kind is ChannelKind.Mqtt ? "topic" : "template", its.Template);
        WriteText(json, "user", its.User);
    }

    private static void WriteServer(Utf8JsonWriter json, ChannelSettings its)
    {
        json.WriteString("host", its.Host);
        if (its.Port is { } port)
        {
            json.WriteNumber("port", port);
        }

        json.WriteString("security", NotificationWords.Of(NotificationWords.Securities, its.Security));
        if (its.TokenUrl is not null)
        {
            json.WriteString("tokenUrl", its.TokenUrl);
            WriteText(json, "clientId", its.ClientId);
            WriteText(json, "scope", its.Scope);
            json.WriteBoolean("allowPrivateNetworks", its.AllowPrivateNetworks);
        }
    }

    private static void Write(Utf8JsonWriter json, NotificationRecipient person)
    {
        json.WriteString("email", person.Address);
        WriteText(json, "language", person.Language);
        WriteText(json, "zone", person.TimeZone);
        WriteText(json, "temperature", person.Temperature is { } unit ? NotificationWords.Of(NotificationWords.Temperatures, unit) : null);
        WriteText(json, "pressure", person.Pressure is { } other ? NotificationWords.Of(NotificationWords.Pressures, other) : null);
        if (person.Quiet is { } quiet)
        {
            json.WriteStartObject("quiet");
            json.WriteString("from", DayTime.Text(quiet.FromMinute));
            json.WriteString("to", DayTime.Text(quiet.ToMinute));
            json.WriteEndObject();
        }

        WriteTexts(json, "channels", person.ChannelKeys);
    }

    private static void Write(Utf8JsonWriter json, NotificationRota rota)
    {
        json.WriteString("key", rota.Key);
        json.WriteString("zone", rota.TimeZone);
        json.WriteString("from", DayText(rota.FromDay));
        json.WriteString("handOver", DayTime.Text(rota.HandOverMinute));
        WriteTexts(json, "people", rota.People.Turns);
        WriteList(json, "days", rota.People.Overrides.OrderBy(d => d.Key), (writer, day) =>
        {
            writer.WriteString("day", DayText(day.Key));
            writer.WriteString("person", day.Value);
        });
    }

    private static void Write(Utf8JsonWriter json, NotificationWatching? watching)
    {
        if (watching is null)
        {
            return;
        }

        json.WriteStartObject(WatchReader.Field);
        if (watching.MailMinute is { } minute)
        {
            json.WriteStartObject("mail");
            json.WriteString("at", DayTime.Text(minute));
            WriteText(json, "zone", watching.MailZone);
            WriteTexts(json, "people", watching.MailAddresses);
            json.WriteEndObject();
        }

        if (watching.CallAddress is not null)
        {
            json.WriteStartObject("deadMan");
            json.WriteString("method", NotificationWords.Of(NotificationWords.Methods, watching.CallIsPost));
            json.WriteString("every", RuleDuration.Text(watching.CallEveryMs));
            json.WriteBoolean("allowPrivateNetworks", watching.CallAllowsPrivateNetworks);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string DayText(DateOnly day) => day.ToString(DocumentFields.DayForm, CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, NotificationChain chain, DocumentPlaces places)
    {
        json.WriteString("key", chain.Key);
        json.WriteString("place", chain.LocationId is { } location ? places.PathOf(location) : DocumentPlaces.Site);
        json.WriteString("level", NotificationWords.Of(NotificationWords.Levels, chain.Level));
        WriteList(json, "steps", chain.Steps.All, Write);
        WriteText(json, "repeat", chain.RepeatMs is { } repeat ? RuleDuration.Text(repeat) : null);
    }

    private static void Write(Utf8JsonWriter json, ChainStep step)
    {
        json.WriteString("after", RuleDuration.Text(step.AfterMs));
        WriteTexts(json, "people", step.People);
        WriteText(json, "onDuty", step.OnDuty);
        WriteTexts(json, "channels", step.Channels);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> list, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in list)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
