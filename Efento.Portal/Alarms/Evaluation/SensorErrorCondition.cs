namespace Efento.Portal.Alarms.Evaluation;

/// <summary>A channel must not be without a value for too long.</summary>
internal sealed class SensorErrorCondition(int ruleId, Patience? warning, Patience? critical) : Condition(ruleId, warning, critical)
{
    /// <inheritdoc/>
    public override Verdict? Judge(in Sample sample, IReadOnlyCollection<Sample> recent) =>
        Verdict.Of(sample.Value is null && Warning is not null, sample.Value is null && Critical is not null);
}
