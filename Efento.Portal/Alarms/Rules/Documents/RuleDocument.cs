using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>Writes rules as a document (rules.json). docs/alarms.md describes it, docs/rules.schema.json is its schema.</summary>
internal static class RuleDocument
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of these rules.</summary>
    public static string Write(IEnumerable<AlarmRule> rules, DocumentPlaces places)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("rules");
            foreach (var rule in rules.OrderBy(r => r.Key, StringComparer.Ordinal))
            {
                Write(json, rule, places);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, AlarmRule rule, DocumentPlaces places)
    {
        json.WriteStartObject();
        json.WriteString("key", rule.Key);
        places.Write(json, rule);
        json.WriteString("kind", RuleNames.Of(rule.Kind));
        if (rule.Type is { } type)
        {
            json.WriteString(RuleFields.TypeOf(rule.Kind), MeasurementTypes.Get(type).Name);
        }

        Write(json, "critical", rule, rule.Conditions.Critical);
        Write(json, "warning", rule, rule.Conditions.Warning);
        if (rule.Conditions.Margin != 0)
        {
            json.WriteNumber("margin", rule.Conditions.Margin);
        }

        json.WriteBoolean("enabled", rule.IsEnabled);
        if (rule.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, AlarmRule rule, LevelConditions? level)
    {
        if (level is null)
        {
            return;
        }

        json.WriteStartObject(name);
        WriteNumber(json, "low", level.Low);
        WriteNumber(json, "high", level.High);
        WriteNumber(json, "change", level.Change);
        WriteTime(json, "in", level.WithinMs);
        WriteText(json, "is", level.Is is { } state ? StateNames.Of(rule.Type, state) : null);
        WriteNumber(json, RuleFields.BelowOf(rule.Kind), level.Below);
        WriteText(json, "when", level.WhenLate is { } whenLate ? (whenLate ? RuleFields.Late : RuleFields.Silent) : null);
        if (RuleShape.Of(rule.Kind, rule.Type).Fields.HasFlag(LevelFields.Delay))
        {
            WriteTime(json, "delay", level.DelayMs);
        }

        WriteTime(json, "highDelay", level.HighDelayMs);
        WriteTime(json, "cumulativeIn", level.CumulativeInMs);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } figure)
        {
            json.WriteNumber(name, figure);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? ms) =>
        WriteText(json, name, ms is { } time ? RuleDuration.Text(time) : null);

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
