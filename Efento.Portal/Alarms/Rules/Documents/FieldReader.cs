using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>
/// Reads the fields of an object, each by its name; null counts as missing. What is wrong is told with its path, and so is each field that
/// nobody read.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields;
    private readonly string _path;
    private readonly Action<RuleFault> _tell;

    /// <summary>Reads an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">Its path; empty for the rule or document itself.</param>
    /// <param name="tell">Takes what is wrong.</param>
    public FieldReader(JsonElement element, string path, Action<RuleFault> tell)
    {
        (_path, _tell) = (path, tell);
        if (element.ValueKind is JsonValueKind.Object)
        {
            _fields = element.EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        }
        else
        {
            _fields = [];
            Fail(RuleFaultKind.NoObject, "");
        }
    }

    /// <summary>A field as it is; null if it is missing.</summary>
    public JsonElement? Take(string name) =>
        _fields.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A text; null if it is missing.</summary>
    public string? Text(string name) => Take(name, JsonValueKind.String, RuleFaultKind.Text)?.GetString();

    /// <summary>A number; null if it is missing.</summary>
    public double? Number(string name) => Take(name, JsonValueKind.Number, RuleFaultKind.Number)?.GetDouble();

    /// <summary>Whether something is so; null if it is missing.</summary>
    public bool? Flag(string name)
    {
        var value = Take(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Fail(RuleFaultKind.Flag, name);
        }

        return value is null ? null : value.Value.ValueKind is JsonValueKind.True;
    }

    /// <summary>A whole number from 1 on; null if it is missing.</summary>
    public int? Whole(string name, int most)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        Fail(RuleFaultKind.Whole, name, $"{most}");
        return null;
    }

    /// <summary>A time in ms; null if it is missing.</summary>
    public long? Time(string name, RuleFaultKind fault)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var time = value.ValueKind is JsonValueKind.String ? RuleDuration.Parse(value.GetString()!) : null;
        if (time is null)
        {
            Fail(fault, name);
        }

        return time;
    }

    /// <summary>The fields of an object within this one; null if it is missing.</summary>
    public FieldReader? Within(string name) => Take(name) is { } value ? Within(value, name) : null;

    /// <summary>The fields of an object within this one.</summary>
    public FieldReader Within(JsonElement value, string name) => new(value, PathOf(name), _tell);

    /// <summary>Tells each field that nobody read.</summary>
    public void End()
    {
        foreach (var name in _fields.Keys)
        {
            Fail(RuleFaultKind.FieldUnknown, name);
        }
    }

    /// <summary>Tells what is wrong with a field, or, without a name, with the object.</summary>
    public void Fail(RuleFaultKind kind, string name, string about = "") => _tell(new(kind, PathOf(name), about));

    private JsonElement? Take(string name, JsonValueKind kind, RuleFaultKind fault)
    {
        var value = Take(name);
        if (value is null || value.Value.ValueKind == kind)
        {
            return value;
        }

        Fail(fault, name);
        return null;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";
}
