namespace Efento.Portal.Simulation;

/// <summary>A time from when to when.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="UntilUtc">Its end, not part of it.</param>
public readonly record struct Stretch(DateTimeOffset FromUtc, DateTimeOffset UntilUtc)
{
    /// <summary>From then on, for ever.</summary>
    public static Stretch Since(DateTimeOffset fromUtc) => new(fromUtc, DateTimeOffset.MaxValue);

    /// <summary>Until then.</summary>
    public static Stretch Until(DateTimeOffset untilUtc) => new(DateTimeOffset.MinValue, untilUtc);

    /// <summary>Whether the time lies in it.</summary>
    public bool Contains(DateTimeOffset time) => FromUtc <= time && time < UntilUtc;
}
