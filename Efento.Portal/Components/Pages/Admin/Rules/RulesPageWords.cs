using System.Globalization;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>Texts about rules in the user's language and units.</summary>
internal static class RulesPageWords
{
    /// <summary>The name of a template.</summary>
    public static string Template(string key) => key switch
    {
        "vaccine-fridge" => RulesPageText.TemplateVaccineFridge,
        "freezer" => RulesPageText.TemplateFreezer,
        "ultra-cold" => RulesPageText.TemplateUltraCold,
        "blood" => RulesPageText.TemplateBlood,
        "controlled-room" => RulesPageText.TemplateControlledRoom,
        "server-room" => RulesPageText.TemplateServerRoom,
        "museum" => RulesPageText.TemplateMuseum,
        "leak" => RulesPageText.TemplateLeak,
        "door" => RulesPageText.TemplateDoor,
        _ => throw new NotSupportedException($"The template {key} has no words."),
    };

    /// <summary>What a rule watches: its kind with the type, the channel, or what is watched at a gateway or the portal.</summary>
    public static string What(RuleKind kind, string? type, byte? channel = null) => kind switch
    {
        RuleKind.Gateway or RuleKind.Portal when type is not null => $"{AlarmWords.Kind(kind)}: {AlarmWords.Watched(type)}",
        _ => string.Join(" · ", new[]
        {
            type is null ? null : MeasurementWords.Label(MeasurementTypes.Get(type)),
            channel is { } number and > 0 ? RulesPageText.Channel(number) : null,
            AlarmWords.Kind(kind),
        }.OfType<string>()),
    };

    /// <summary>A fault in the user's units, in a sentence that says what to do.</summary>
    public static string Fault(RuleFault fault, string? type, Units units) => RuleWords.Of(TellsValue(fault)
        && double.TryParse(fault.About, CultureInfo.InvariantCulture, out var stored)
        ? fault with { About = Figures.Of(type, TellsDifference(fault), units).InWords(stored) }
        : fault);

    private static bool TellsValue(RuleFault fault) =>
        fault.Kind is RuleFaultKind.BandNarrow or RuleFaultKind.LowAboveHigh or RuleFaultKind.WarningBeyondCritical;

    private static bool TellsDifference(RuleFault fault) =>
        fault.Kind is RuleFaultKind.BandNarrow || fault.Field.EndsWith(".change", StringComparison.Ordinal);
}
