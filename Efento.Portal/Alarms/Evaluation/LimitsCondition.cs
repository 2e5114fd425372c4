namespace Efento.Portal.Alarms.Evaluation;

/// <summary>A range of values that are inside; the limits belong to it.</summary>
/// <param name="Low">The lower limit; negative infinity for none.</param>
/// <param name="High">The upper limit; positive infinity for none.</param>
internal readonly record struct Band(double Low, double High)
{
    /// <summary>How far a value is outside; 0 or less inside.</summary>
    public double Beyond(double value) => Math.Max(Low - value, value - High);

    /// <summary>Whether a value is inside and at least a margin away from both limits.</summary>
    public bool IsClear(double value, double margin) => value >= Low + margin && value <= High - margin;

    /// <summary>The limit that a value is outside of.</summary>
    public double LimitOf(double value) => value < Low ? Low : High;
}

/// <summary>Values have to stay within limits.</summary>
internal sealed class LimitsCondition(
    int ruleId, (Patience Patience, Band Band)? warning, (Patience Patience, Band Band)? critical, double margin)
    : Condition(ruleId, warning?.Patience, critical?.Patience)
{
    private static readonly Band All = new(double.NegativeInfinity, double.PositiveInfinity);

    private readonly Band _warning = warning?.Band ?? All;
    private readonly Band _critical = critical?.Band ?? All;

    /// <inheritdoc/>
    public override Verdict? Judge(in Sample sample, IReadOnlyCollection<Sample> recent)
    {
        if (sample.Value is not { } value)
        {
            return null;
        }

        var (isWarning, isCritical) = (_warning.Beyond(value) > 0, _critical.Beyond(value) > 0);
        var isClearOfCritical = _critical.IsClear(value, margin);
        return new(
            isWarning,
            isCritical,
            isClearOfCritical && _warning.IsClear(value, margin),
            isClearOfCritical,
            Math.Max(_warning.Beyond(value), _critical.Beyond(value)),
            value,
            isCritical ? _critical.LimitOf(value) : isWarning ? _warning.LimitOf(value) : null)
        {
            IsHigh = value > Math.Min(_warning.High, _critical.High),
        };
    }
}
