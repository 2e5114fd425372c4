using System.Text.Json;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications.Duty;
using Efento.Portal.Texts;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Reads a document of notifications (notifications.json) and names each fault with its path.</summary>
internal sealed class NotificationDocumentReader
{
    private const long ShortestRepeatMs = 60_000;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private readonly List<NotificationFault> _faults = [];
    private readonly ChannelReader _channels;

    private NotificationDocumentReader(Func<string, string?> environment) => _channels = new ChannelReader(environment, _faults.Add);

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="environment">The value of an environment variable; null if there is none.</param>
    /// <returns>What it says; it counts only if there is no fault.</returns>
    public static (NotificationDraft Draft, IReadOnlyList<NotificationFault> Faults) Read(
        ReadOnlyMemory<byte> utf8, Func<string, string?> environment)
    {
        var reader = new NotificationDocumentReader(environment);
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(utf8), Options);
            return (reader.Read(document.RootElement), reader._faults);
        }
        catch (JsonException fault)
        {
            return (NotificationDraft.None, [new(NotificationFaultKind.Json, "", fault.Message)]);
        }
    }

    /// <summary>Editors may put a byte order mark before the text.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => utf8.Span is [0xEF, 0xBB, 0xBF, ..] ? utf8[3..] : utf8;

    private NotificationDraft Read(JsonElement root)
    {
        var fields = new DocumentFields(root, "", _faults.Add);
        fields.Text("$schema");
        var channels = fields.List("channels", isNeeded: true);
        var people = fields.List("people");
        var rotas = fields.List("rotas");
        var chains = fields.List("chains");
        var watching = fields.Take(WatchReader.Field);
        fields.End();
        var draft = new NotificationDraft(
            [.. channels.Select(c => _channels.Read(c.Element, c.Path)).OfType<ChannelDraft>()],
            [.. people.Select(p => PersonOf(p.Element, p.Path))],
            [.. rotas.Select(r => new RotaReader(_faults.Add).Read(r.Element, r.Path))],
            [.. chains.Select(c => ChainOf(c.Element, c.Path))])
        {
            Watching = watching is { } its ? new WatchReader(_channels, _faults.Add).Read(its) : null,
        };
        new NotificationChecks(draft, _faults).Run();
        return draft;
    }

    private PersonDraft PersonOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, _faults.Add);
        var address = fields.Needed("email");
        if (address.Length > 0 && !EmailText.IsAddress(address))
        {
            fields.Fail(NotificationFaultKind.Mail, "email");
        }

        var language = fields.Text("language");
        if (language is { Length: > 0 } && !Languages.Has(language))
        {
            fields.Fail(NotificationFaultKind.OneOf, "language", string.Join(", ", Languages.All.Select(l => l.Code)));
        }

        var person = new PersonDraft(address, language, [.. fields.Texts("channels").Select(c => c.Text)])
        {
            TimeZone = fields.Zone("zone"),
            Temperature = fields.Word("temperature", NotificationWords.Temperatures, isNeeded: false),
            Pressure = fields.Word("pressure", NotificationWords.Pressures, isNeeded: false),
            Quiet = fields.Take("quiet") is { } quiet ? QuietOf(quiet, $"{path}.quiet") : null,
        };
        fields.End();
        return person;
    }

    private QuietHours? QuietOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, _faults.Add);
        var (from, to) = (fields.TimeOfDay("from"), fields.TimeOfDay("to"));
        fields.End();
        if (from == to && from is not null)
        {
            fields.Fail(NotificationFaultKind.QuietEmpty, "to");
        }

        return from is { } first && to is { } last ? new QuietHours(first, last) : null;
    }

    private ChainDraft ChainOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, _faults.Add);
        var key = ChannelReader.KeyOf(fields);
        var place = PlaceOf(fields);
        var level = fields.Word("level", NotificationWords.Levels, isNeeded: true) ?? default;
        var steps = fields.List("steps", isNeeded: true);
        if (steps.Count == 0 && !_faults.Exists(f => f.Path == $"{path}.steps"))
        {
            fields.Fail(NotificationFaultKind.Empty, "steps");
        }

        var repeatMs = fields.Time("repeat", NotificationFaultKind.Repeat, ShortestRepeatMs);
        fields.End();
        return new ChainDraft(key, place, level, [.. steps.Select(s => StepOf(s.Element, s.Path))], repeatMs, path);
    }

    private ChainStep StepOf(JsonElement element, string path)
    {
        var fields = new DocumentFields(element, path, _faults.Add);
        var step = new ChainStep(
            fields.Time("after", NotificationFaultKind.Duration) ?? 0,
            [.. fields.Texts("people").Select(p => p.Text)],
            [.. fields.Texts("channels").Select(c => c.Text)],
            fields.Text("onDuty"));
        fields.End();
        return step;
    }

    private static IReadOnlyList<string>? PlaceOf(DocumentFields fields)
    {
        if (fields.Take("place") is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } path)
        {
            return path == DocumentPlaces.Site ? null : DocumentPlaces.NamesOf(path);
        }

        fields.Fail(NotificationFaultKind.PlaceForm, "place");
        return null;
    }
}
