using System.Text.Json.Nodes;

namespace Efento.Portal.Notifications.Documents;

/// <summary>A person, rota or chain with the fields of the document.</summary>
/// <param name="Json">The fields.</param>
public sealed record NotificationEntry(JsonObject Json)
{
    /// <summary>An entry without any field.</summary>
    public static NotificationEntry None => new(new JsonObject());

    /// <summary>Its name: the key, or the e-mail address of a person.</summary>
    public string Name => Text("key") ?? Text("email") ?? "";

    /// <summary>A text; null if it is missing.</summary>
    public string? Text(string field) => Json[field]?.GetValue<string>();

    /// <summary>The texts of a list; empty if it is missing.</summary>
    public IReadOnlyList<string> Texts(string field) => Json[field] is JsonArray list ? [.. list.Select(t => t!.GetValue<string>())] : [];

    /// <summary>The objects of a list; empty if it is missing.</summary>
    public IReadOnlyList<NotificationEntry> Entries(string field) =>
        Json[field] is JsonArray list ? [.. list.Select(e => new NotificationEntry(e!.AsObject()))] : [];

    /// <summary>An object; null if it is missing.</summary>
    public NotificationEntry? Entry(string field) => Json[field] is JsonObject its ? new(its) : null;

    /// <summary>An entry of those fields that have something.</summary>
    public static NotificationEntry Of(params IEnumerable<(string Field, JsonNode? Value)> fields) => new(new JsonObject(
        fields.Where(f => f.Value is not (null or JsonArray { Count: 0 }) && f.Value.ToString().Length > 0)
            .Select(f => KeyValuePair.Create(f.Field, f.Value))));

    /// <summary>A list of texts for <see cref="Of"/>.</summary>
    public static JsonArray ListOf(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
