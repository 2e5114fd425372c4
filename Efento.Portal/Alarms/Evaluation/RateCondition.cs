namespace Efento.Portal.Alarms.Evaluation;

/// <summary>The most that a value may change within a time.</summary>
/// <param name="Change">More is outside.</param>
/// <param name="WithinMs">The time in ms.</param>
internal sealed record RateLimit(double Change, long WithinMs);

/// <summary>Values must not change too fast.</summary>
internal sealed class RateCondition(int ruleId, RateLimit? warning, RateLimit? critical)
    : Condition(ruleId, warning is null ? null : AtOnce, critical is null ? null : AtOnce)
{
    private static readonly Patience AtOnce = new(0);

    /// <inheritdoc/>
    public override long WindowMs => Math.Max(warning?.WithinMs ?? 0, critical?.WithinMs ?? 0);

    /// <inheritdoc/>
    public override Verdict? Judge(in Sample sample, IReadOnlyCollection<Sample> recent)
    {
        if (sample.Value is not { } value)
        {
            return null;
        }

        var (change, most) = (ChangeOf(sample.Ms, value, recent, warning), ChangeOf(sample.Ms, value, recent, critical));
        var (isWarning, isCritical) = (warning is not null && change > warning.Change, critical is not null && most > critical.Change);
        return Verdict.Of(isWarning, isCritical) with
        {
            Extent = Math.Max(change, most),
            Figure = Math.Max(change, most),
            Limit = isCritical ? critical!.Change : isWarning ? warning!.Change : null,
        };
    }

    private static double ChangeOf(long ms, double value, IReadOnlyCollection<Sample> recent, RateLimit? limit)
    {
        var most = 0.0;
        foreach (var earlier in recent)
        {
            if (limit is not null && earlier.Ms >= ms - limit.WithinMs)
            {
                most = Math.Max(most, Math.Abs(value - earlier.Value!.Value));
            }
        }

        return most;
    }
}
