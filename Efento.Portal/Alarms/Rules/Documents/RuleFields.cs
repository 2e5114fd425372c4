namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>The names of fields that depend on the kind.</summary>
internal static class RuleFields
{
    /// <summary>A logger is late.</summary>
    public const string Late = "late";

    /// <summary>A logger is silent.</summary>
    public const string Silent = "silent";

    /// <summary>What is watched at gateways and the portal is an event.</summary>
    public static string TypeOf(RuleKind kind) => kind is RuleKind.Gateway or RuleKind.Portal ? "event" : "type";

    /// <summary>Signals are weaker, and everything else is below.</summary>
    public static string BelowOf(RuleKind kind) => kind is RuleKind.Signal ? "weaker" : "below";
}
