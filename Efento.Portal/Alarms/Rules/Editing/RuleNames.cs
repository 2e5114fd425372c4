namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>The names of kinds in rules.json, the API and the audit trail.</summary>
internal static class RuleNames
{
    /// <summary>The kinds by their names.</summary>
    public static IReadOnlyDictionary<string, RuleKind> Kinds { get; } =
        Enum.GetValues<RuleKind>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>The name of a kind.</summary>
    public static string Of(RuleKind kind) => kind is RuleKind.SensorError ? "sensorError" : kind.ToString().ToLowerInvariant();
}
