namespace Efento.Portal.Devices;

/// <summary>How a logger keeps its own promise.</summary>
public enum FreshnessState : byte
{
    /// <summary>It has never been heard.</summary>
    Never,

    /// <summary>It has been heard, but nothing tells when the next measurement is due.</summary>
    Unknown,

    /// <summary>The next measurement is not due yet.</summary>
    Fresh,

    /// <summary>The next measurement may come any moment.</summary>
    Due,

    /// <summary>It should have come: the value shown is no longer of now.</summary>
    Late,

    /// <summary>Two further measurements should have come.</summary>
    Silent,

    /// <summary>Gateways are told to drop its measurements (N): nothing is awaited, so nothing is late.</summary>
    Unsynchronised,
}

/// <summary>
/// From when on a logger's newest measurement is due for the next, late and silent, after its own promise: the later of the time it named
/// and its interval, as far as it can be believed (<see cref="Promise"/>), stretched to its rhythm. Late is 1.5 promises after the measurement, silent 3. All of it is time gone by: no clock that
/// is put forward or back in summer has a say.
/// </summary>
/// <param name="DueUtc">When the next measurement is promised; null if nothing tells.</param>
/// <param name="LateUtc">From here on the value is late.</param>
/// <param name="SilentUtc">From here on the logger is silent.</param>
public sealed record LoggerFreshness(DateTimeOffset? DueUtc, DateTimeOffset? LateUtc, DateTimeOffset? SilentUtc)
{
    private const double LateAfterPromises = 1.5;
    internal const int SilentAfterPromises = 3;
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Whether the logger has been heard at all.</summary>
    public bool IsHeard { get; private init; }

    /// <summary>Whether its measurements are awaited at all.</summary>
    public bool IsAwaited { get; private init; } = true;

    /// <summary>Of a logger that is not synchronised: it may send or not, and its age is all there is to say.</summary>
    public static LoggerFreshness NotAwaited(LoggerContact? contact) => new(null, null, null) { IsHeard = contact is not null, IsAwaited = false };

    /// <summary>The freshness after a logger's newest word.</summary>
    /// <param name="contact">That word; null if it has never been heard.</param>
    /// <param name="rhythm">How its records come; null if nothing was observed.</param>
    public static LoggerFreshness Of(LoggerContact? contact, LoggerRhythm? rhythm)
    {
        if (contact is null)
        {
            return new(null, null, null);
        }

        return PromiseMs(contact, rhythm) is { } promise
            ? new(After(contact, promise), After(contact, LateAfterPromises * promise), After(contact, SilentAfterPromises * promise)) { IsHeard = true }
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

    /// <summary>How long after its measurement the next is promised, in ms; null if nothing tells.</summary>
    private static long? PromiseMs(LoggerContact contact, LoggerRhythm? rhythm)
    {
        var stated = Promise.Stated(contact.NextMeasurementAtMs == 0 ? 0 : contact.NextMeasurementAtMs - contact.MeasuredAtMs, contact.IntervalSeconds * 1000L);
        return rhythm is not null ? rhythm.PromiseMs(stated) : stated.Ms > 0 ? stated.Ms : null;
    }

    private static DateTimeOffset After(LoggerContact contact, double ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(LatestMs, contact.MeasuredAtMs + ms));
}
