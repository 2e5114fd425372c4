using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Efento.Portal.Devices;

/// <summary>Lists every key of a heartbeat, known or not, for display.</summary>
internal static class HeartbeatKeys
{
    /// <summary>The most keys that are listed.</summary>
    public const int Most = 500;

    /// <summary>
    /// The keys in the order sent, nested ones as <c>outer.inner</c> and <c>list[0]</c>; empty if <paramref name="json"/> is no JSON.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(string json)
    {
        var keys = new List<KeyValuePair<string, string>>();
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'));
            Add(document.RootElement, "", keys);
        }
        catch (JsonException)
        {
            return [];
        }

        return keys;
    }

    private static void Add(JsonElement element, string path, List<KeyValuePair<string, string>> keys)
    {
        if (keys.Count >= Most)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.GetPropertyCount() > 0:
                foreach (var property in element.EnumerateObject())
                {
                    var name = NameOf(property);
                    Add(property.Value, path.Length == 0 ? name : $"{path}.{name}", keys);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Add(item, $"{path}[{index++}]", keys);
                }

                break;
            default:
                keys.Add(new(path, TextOf(element)));
                break;
        }
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString()! : element.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON, but not valid text.
            return element.GetRawText();
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }
}
