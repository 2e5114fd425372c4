namespace Efento.Portal.Alarms.Evaluation;

/// <summary>One or more readings outside: where they began, and the worst of them.</summary>
/// <param name="BeganMs">The first reading, Unix ms.</param>
/// <param name="BeganAfterMs">The last reading inside before it, Unix ms; null if there is none.</param>
/// <param name="LastMs">The last reading, Unix ms.</param>
/// <param name="PeakMs">When the worst was measured, Unix ms.</param>
/// <param name="Worst">What was said of the worst.</param>
/// <param name="NewestMessage">The newest message of those they came with.</param>
internal readonly record struct Outside(long BeganMs, long? BeganAfterMs, long LastMs, long PeakMs, Verdict Worst, long NewestMessage)
{
    /// <summary>A single reading.</summary>
    public static Outside Of(in Sample sample, long? beganAfterMs, in Verdict verdict) =>
        new(sample.Ms, beganAfterMs, sample.Ms, sample.Ms, verdict, sample.MessageId);

    /// <summary>These readings and later ones.</summary>
    public Outside With(in Outside later)
    {
        var isWorse = later.Worst.Extent > Worst.Extent;
        return new(
            BeganMs,
            BeganAfterMs,
            later.LastMs,
            isWorse ? later.PeakMs : PeakMs,
            isWorse ? later.Worst : Worst,
            Math.Max(NewestMessage, later.NewestMessage));
    }
}
