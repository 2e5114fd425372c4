using System.Globalization;
using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Notifications.Duty;

namespace Efento.Portal.Notifications.Documents;

/// <summary>
/// Reads the fields of an object, each by its name; null counts as missing. What is wrong is told with its path, and so is each field that
/// nobody read.
/// </summary>
internal sealed class DocumentFields
{
    /// <summary>The longest time that a step or a repetition waits.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    /// <summary>How days are written.</summary>
    public const string DayForm = "yyyy-MM-dd";

    private readonly HashSet<string> _failed = [];

    private readonly Dictionary<string, JsonElement> _fields;
    private readonly Action<NotificationFault> _tell;

    /// <summary>Reads an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">Its path; empty for the document itself.</param>
    /// <param name="tell">Takes what is wrong.</param>
    public DocumentFields(JsonElement element, string path, Action<NotificationFault> tell)
    {
        (Path, _tell) = (path, tell);
        if (element.ValueKind is JsonValueKind.Object)
        {
            _fields = element.EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        }
        else
        {
            _fields = [];
            _tell(new(NotificationFaultKind.NoObject, path));
        }
    }

    /// <summary>The path of the object.</summary>
    public string Path { get; }

    /// <summary>Whether the document has a field, be it null, that nobody read yet.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A field as it is; null if it is missing.</summary>
    public JsonElement? Take(string name) =>
        _fields.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A text that is not empty; null if it is missing.</summary>
    public string? Text(string name)
    {
        var text = Take(name, JsonValueKind.String, NotificationFaultKind.Text)?.GetString();
        if (text is "")
        {
            Fail(NotificationFaultKind.Empty, name);
        }

        return text;
    }

    /// <summary>A text that must be there and not be empty; empty if anything is wrong.</summary>
    public string Needed(string name)
    {
        if (Has(name) && _fields[name].ValueKind is not JsonValueKind.Null)
        {
            return Text(name) ?? "";
        }

        _fields.Remove(name);
        Fail(NotificationFaultKind.Missing, name);
        return "";
    }

    /// <summary>Whether something is so; false if it is missing.</summary>
    public bool Flag(string name)
    {
        var value = Take(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Fail(NotificationFaultKind.Flag, name);
        }

        return value is { ValueKind: JsonValueKind.True };
    }

    /// <summary>A port; null if it is missing.</summary>
    public int? Port(string name)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var port) && port is >= 1 and <= ushort.MaxValue)
        {
            return port;
        }

        Fail(NotificationFaultKind.Port, name);
        return null;
    }

    /// <summary>A time in ms, not shorter than a limit; null if it is missing or wrong.</summary>
    public long? Time(string name, NotificationFaultKind fault, long leastMs = 0)
    {
        if (Take(name) is not { } value)
        {
            return null;
        }

        var time = value.ValueKind is JsonValueKind.String ? RuleDuration.Parse(value.GetString()!) : null;
        if (time is { } ms && ms >= leastMs && ms <= LongestTime.TotalMilliseconds)
        {
            return ms;
        }

        Fail(fault, name);
        return null;
    }

    /// <summary>A time of the day in minutes; null if it is wrong or missing, which is told.</summary>
    public int? TimeOfDay(string name)
    {
        var minute = DayTime.Parse(Needed(name) is { Length: > 0 } text ? text : null);
        if (minute is null && !HasFailed(name))
        {
            Fail(NotificationFaultKind.DayTime, name);
        }

        return minute;
    }

    /// <summary>A day; null if it is wrong or missing, which is told.</summary>
    public DateOnly? Day(string name)
    {
        var day = DayOf(Needed(name));
        if (day is null && !HasFailed(name))
        {
            Fail(NotificationFaultKind.Day, name);
        }

        return day;
    }

    /// <summary>The day of a text as documents write it, 2026-12-24; null if it is none.</summary>
    public static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A time zone; null if it is missing or wrong, which is told, as it is if it is needed.</summary>
    public string? Zone(string name, bool isNeeded = false)
    {
        var zone = isNeeded ? Needed(name) : Text(name);
        if (zone is { Length: > 0 } && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId))
        {
            Fail(NotificationFaultKind.Zone, name, zone);
        }

        return zone;
    }

    /// <summary>The value of a word; null if it is none of them or missing, which is told if it is needed.</summary>
    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words, bool isNeeded)
        where T : struct
    {
        var value = Take(name);
        if (value is null && !isNeeded)
        {
            return null;
        }

        if (value is { ValueKind: JsonValueKind.String } text && words.TryGetValue(text.GetString()!, out var its))
        {
            return its;
        }

        Fail(NotificationFaultKind.OneOf, name, string.Join(", ", words.Keys));
        return null;
    }

    /// <summary>The entries of a list with their paths; empty if it is missing, which is told if it is needed.</summary>
    public IReadOnlyList<(JsonElement Element, string Path)> List(string name, bool isNeeded = false)
    {
        var value = Take(name);
        if (value is { ValueKind: JsonValueKind.Array } list)
        {
            return [.. list.EnumerateArray().Select((element, i) => (element, $"{PathOf(name)}[{i}]"))];
        }

        if (value is not null || isNeeded)
        {
            Fail(NotificationFaultKind.List, name);
        }

        return [];
    }

    /// <summary>The texts of a list with their paths; empty if it is missing.</summary>
    public IReadOnlyList<(string Text, string Path)> Texts(string name)
    {
        List<(string, string)> texts = [];
        foreach (var (element, path) in List(name))
        {
            if (element.ValueKind is JsonValueKind.String)
            {
                texts.Add((element.GetString()!, path));
            }
            else
            {
                _tell(new(NotificationFaultKind.Text, path));
            }
        }

        return texts;
    }

    /// <summary>Tells each field that nobody read.</summary>
    public void End()
    {
        foreach (var name in _fields.Keys)
        {
            Fail(NotificationFaultKind.FieldUnknown, name);
        }
    }

    /// <summary>Tells what is wrong with a field.</summary>
    public void Fail(NotificationFaultKind kind, string name, string about = "")
    {
        _failed.Add(name);
        _tell(new(kind, PathOf(name), about));
    }

    private bool HasFailed(string name) => _failed.Contains(name);

    private JsonElement? Take(string name, JsonValueKind kind, NotificationFaultKind fault)
    {
        var value = Take(name);
        if (value is null || value.Value.ValueKind == kind)
        {
            return value;
        }

        Fail(fault, name);
        return null;
    }

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
