namespace Efento.Portal.Alarms.Evaluation;

/// <summary>A binary channel must not be in a state for too long.</summary>
/// <param name="ruleId">The version of the rule.</param>
/// <param name="warning">How long a warning takes; null for none.</param>
/// <param name="critical">How long a critical alarm takes; null for none.</param>
/// <param name="isOn">The state: 1 (open, wet, on, alarm), or 0.</param>
internal sealed class StateCondition(int ruleId, Patience? warning, Patience? critical, bool isOn) : Condition(ruleId, warning, critical)
{
    /// <inheritdoc/>
    public override Verdict? Judge(in Sample sample, IReadOnlyCollection<Sample> recent)
    {
        var isOutside = sample.Value >= 0.5 == isOn;
        return sample.Value is null ? null : Verdict.Of(isOutside && Warning is not null, isOutside && Critical is not null);
    }
}
