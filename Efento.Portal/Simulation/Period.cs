namespace Efento.Portal.Simulation;

/// <summary>A range of time.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="UntilUtc">Its end, not part of it.</param>
public readonly record struct Period(DateTimeOffset FromUtc, DateTimeOffset UntilUtc)
{
    /// <summary>A range without end.</summary>
    public static Period Since(DateTimeOffset fromUtc) => new(fromUtc, DateTimeOffset.MaxValue);

    /// <summary>A range without begin.</summary>
    public static Period Until(DateTimeOffset untilUtc) => new(DateTimeOffset.MinValue, untilUtc);

    /// <summary>Whether the time lies in it.</summary>
    public bool Contains(DateTimeOffset time) => FromUtc <= time && time < UntilUtc;
}
