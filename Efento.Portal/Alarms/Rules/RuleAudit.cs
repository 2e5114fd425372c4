namespace Efento.Portal.Alarms.Rules;

/// <summary>What the audit trail says of changes of rules.</summary>
internal static class RuleAudit
{
    /// <summary>A rule was made.</summary>
    public const string Made = "alarm rule made";

    /// <summary>A rule got a new version.</summary>
    public const string Changed = "alarm rule changed";

    /// <summary>A rule ended.</summary>
    public const string Ended = "alarm rule ended";

    /// <summary>The logger of a rule was heard, and the rule applies to its point.</summary>
    public const string Placed = "alarm rule placed";

    /// <summary>A rule as the audit trail names it.</summary>
    public static string SubjectOf(string key) => $"rule {key}";
}
