namespace Efento.Portal.Alarms.Evaluation;

/// <summary>What a condition says of one reading.</summary>
/// <param name="IsWarning">Whether it is outside the limits of a warning.</param>
/// <param name="IsCritical">Whether it is outside the limits of a critical alarm.</param>
/// <param name="IsClear">Whether it is so far inside all limits that an alarm ends.</param>
/// <param name="IsClearOfCritical">Whether it is so far inside the critical limits that an alarm is a warning at most.</param>
/// <param name="Extent">How far it is outside; the greatest is the peak.</param>
/// <param name="Figure">The value that is shown as the peak; null if there is none to show.</param>
/// <param name="Limit">The limit that it is outside of; null if there is none to show.</param>
internal readonly record struct Verdict(
    bool IsWarning, bool IsCritical, bool IsClear, bool IsClearOfCritical, double Extent = 0, double? Figure = null, double? Limit = null)
{
    /// <summary>Whether it is above an upper limit.</summary>
    public bool IsHigh { get; init; }

    /// <summary>Whether it is outside any limits.</summary>
    public bool IsOutside => IsWarning || IsCritical;

    /// <summary>A reading that is outside or inside, without a figure.</summary>
    public static Verdict Of(bool isWarning, bool isCritical) => new(isWarning, isCritical, !isWarning && !isCritical, !isCritical);
}
