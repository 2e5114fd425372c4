namespace Efento.Portal.Alarms.Rules.Editing;

/// <summary>What came of a change of rules. If there is a fault, nothing was changed.</summary>
/// <param name="Faults">What is wrong.</param>
/// <param name="Changes">What was changed, or would be.</param>
public sealed record RuleOutcome(IReadOnlyList<RuleFault> Faults, IReadOnlyList<RuleChange> Changes)
{
    /// <summary>Whether it is done.</summary>
    public bool IsDone => Faults.Count == 0;
}

/// <summary>A change of a rule.</summary>
/// <param name="Action">What was done, as the audit trail says it (<see cref="RuleAudit"/>).</param>
/// <param name="Subject">To what, as the audit trail names it.</param>
/// <param name="Old">What it was; null if it was not there.</param>
/// <param name="New">What it is; null if it is no more.</param>
public sealed record RuleChange(string Action, string Subject, string? Old, string? New)
{
    /// <summary>The change in one line.</summary>
    public string InWords() => $"{Subject}: {string.Join(" → ", new[] { Old, New }.OfType<string>())}";
}

/// <summary>A rule as a user saw it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Version">Its version then.</param>
public readonly record struct SeenRule(string Key, int Version);
