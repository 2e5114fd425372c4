namespace Efento.Portal.Devices;

/// <summary>Whether a logger keeps its own promise.</summary>
public enum FreshnessState : byte
{
    /// <summary>It has never been heard.</summary>
    Never,

    /// <summary>It has been heard, but it is not known when the next measurement is due.</summary>
    Unknown,

    /// <summary>The next measurement is not due yet.</summary>
    Fresh,

    /// <summary>The next measurement is due and may come at any moment.</summary>
    Due,

    /// <summary>The next measurement should have come: the value shown is out of date.</summary>
    Late,

    /// <summary>Two further measurements should have come.</summary>
    Silent,

    /// <summary>Gateways are told to drop its measurements (N). None is expected, so none is late.</summary>
    Unsynchronised,
}

/// <summary>
/// When a logger's next measurement is due, late and silent. This follows from the logger's promise: the later of the time it named and its
/// interval, as far as they are credible (<see cref="Promise"/>), stretched to its observed rhythm. A logger is late 1.5 promises after its
/// newest measurement, and silent after 3. These are elapsed times, so daylight saving time plays no part.
/// </summary>
/// <param name="DueUtc">When the next measurement is promised; null if it is not known.</param>
/// <param name="LateUtc">When the value becomes late.</param>
/// <param name="SilentUtc">When the logger becomes silent.</param>
public sealed record LoggerFreshness(DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc)
{
    private const double LateAfterPromises = 1.5;
    internal const int SilentAfterPromises = 3;
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether the logger has been heard at all.</summary>
    public bool IsHeard { get; private init; }

    /// <summary>Whether measurements are expected from it at all.</summary>
    public bool IsAwaited { get; private init; } = true;

    /// <summary>The freshness of a logger that is not synchronised: nothing is expected from it, and only its age is known.</summary>
    public static LoggerFreshness NotAwaited(LoggerContact? contact) =>
        new(null, null, null) { IsHeard = contact is not null, IsAwaited = false };

    /// <summary>The freshness after a logger's newest report.</summary>
    /// <param name="contact">The report; null if it has never been heard.</param>
    /// <param name="rhythm">Its rhythm; null if nothing was observed.</param>
    public static LoggerFreshness Of(LoggerContact? contact, LoggerRhythm? rhythm)
    {
        if (contact is null)
        {
            return new(null, null, null);
        }

        return PromiseMs(contact, rhythm) is { } promise
            ? new(After(contact, promise), After(contact, LateAfterPromises * promise), After(contact, SilentAfterPromises * promise))
            {
                IsHeard = true,
            }
            : new(null, null, null) { IsHeard = true };
    }

    /// <summary>The state at <paramref name="now"/>.</summary>
    public FreshnessState At(DateTimeOffset now) =>
        !IsAwaited ? FreshnessState.Unsynchronised
        : !IsHeard ? FreshnessState.Never
        : DueUtc is null ? FreshnessState.Unknown
        : now >= SilentUtc ? FreshnessState.Silent
        : now >= LateUtc ? FreshnessState.Late
        : now >= DueUtc ? FreshnessState.Due
        : FreshnessState.Fresh;

    /// <summary>The time in ms from the measurement to the next one promised; null if it is not known.</summary>
    private static long? PromiseMs(LoggerContact contact, LoggerRhythm? rhythm)
    {
        var stated = Promise.Stated(
            contact.NextMeasurementAtMs == 0 ? 0 : contact.NextMeasurementAtMs - contact.MeasuredAtMs, contact.IntervalSeconds * 1000L);
        return rhythm is not null ? rhythm.PromiseMs(stated) : stated.Ms > 0 ? stated.Ms : null;
    }

    private static DateTimeOffset After(LoggerContact contact, double ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(LatestMs, contact.MeasuredAtMs + ms));
}
