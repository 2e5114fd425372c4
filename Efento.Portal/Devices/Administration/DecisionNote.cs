using Efento.Portal.Access.Audit;

namespace Efento.Portal.Devices.Administration;

/// <summary>What the audit trail keeps of a decision.</summary>
internal sealed record DecisionNote(string Action, string? Old, string? New, string? Reason)
{
    /// <summary>The entry of one logger or point.</summary>
    public AuditNote For(string subject) => new(Action, subject, Old, New, Reason);
}
