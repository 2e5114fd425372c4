using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>Reads a document of rules (rules.json) and names each fault of its form with its path.</summary>
internal sealed class RuleDocumentReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private readonly List<RuleFault> _faults = [];
    private readonly List<(int Number, RuleDraft Draft)> _drafts = [];

    private RuleDocumentReader()
    {
    }

    /// <summary>
    /// What is wrong with its form, and, if anything is, with the rules whose form is right: all of it is told at once.
    /// </summary>
    public IReadOnlyList<RuleFault> Faults => _faults.Count == 0 ? [] : [.. _faults.Concat(Others()).OrderBy(f => f.Draft)];

    /// <summary>What it says; complete if there is no fault.</summary>
    public IReadOnlyList<RuleDraft> Drafts => [.. _drafts.Select(d => d.Draft)];

    /// <summary>Reads a document.</summary>
    public static RuleDocumentReader Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new RuleDocumentReader();
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(utf8), Options);
            reader.Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            reader._faults.Add(new(RuleFaultKind.Json, "", fault.Message));
        }

        return reader;
    }

    /// <summary>Editors may put a byte order mark before the text.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => utf8.Span is [0xEF, 0xBB, 0xBF, ..] ? utf8[3..] : utf8;

    private void Read(JsonElement root)
    {
        var fields = new FieldReader(root, "", _faults.Add);
        fields.Text("$schema");
        var rules = fields.Take("rules");
        fields.End();
        if (rules is not { ValueKind: JsonValueKind.Array } list)
        {
            _faults.Add(new(RuleFaultKind.List, "rules"));
            return;
        }

        foreach (var (number, rule) in list.EnumerateArray().Index())
        {
            if (RuleOf(new FieldReader(rule, "", fault => _faults.Add(fault with { Draft = number }))) is { } draft)
            {
                _drafts.Add((number, draft));
            }
        }
    }

    private IEnumerable<RuleFault> Others() =>
        from entry in _drafts
        where !_faults.Exists(f => f.Draft == entry.Number)
        from fault in RuleChecks.FaultsOf(RuleChecks.Normalised(entry.Draft))
        select fault with { Draft = entry.Number };

    private static RuleDraft? RuleOf(FieldReader fields)
    {
        var key = fields.Text("key") ?? "";
        var place = PlaceOf(fields);
        if (KindOf(fields) is not { } kind)
        {
            return null;
        }

        var type = fields.Text(RuleFields.TypeOf(kind));
        var draft = new RuleDraft
        {
            Key = key,
            Kind = kind,
            Type = type,
            Place = place,
            Conditions = new(
                LevelReader.LevelOf(fields, "warning", kind, type), LevelReader.LevelOf(fields, "critical", kind, type),
                fields.Number("margin") ?? 0),
            IsEnabled = fields.Flag("enabled") ?? true,
            Reason = fields.Text("reason"),
        };
        fields.End();
        return draft;
    }

    private static RuleKind? KindOf(FieldReader fields)
    {
        if (fields.Text("kind") is { } name && RuleNames.Kinds.TryGetValue(name, out var kind))
        {
            return kind;
        }

        fields.Fail(RuleFaultKind.OneOf, "kind", string.Join(", ", RuleNames.Kinds.Keys));
        return null;
    }

    private static RulePlace PlaceOf(FieldReader fields)
    {
        switch (fields.Take("place"))
        {
            case { ValueKind: JsonValueKind.String } text:
                var path = text.GetString()!;
                return path == DocumentPlaces.Site ? RulePlace.Site : new() { Path = DocumentPlaces.NamesOf(path) };
            case { ValueKind: JsonValueKind.Object } point:
                return PointOf(fields.Within(point, "place"));
            default:
                fields.Fail(RuleFaultKind.PlaceForm, "place");
                return RulePlace.Site;
        }
    }

    private static RulePlace PointOf(FieldReader fields)
    {
        var place = new RulePlace
        {
            Serial = fields.Text("logger"),
            PointId = fields.Whole("point", int.MaxValue),
            Channel = (byte?)fields.Whole("channel", byte.MaxValue),
        };
        if (place.Serial is null == place.PointId is null)
        {
            fields.Fail(RuleFaultKind.PlaceForm, "");
        }

        fields.End();
        return place;
    }
}
