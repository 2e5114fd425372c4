
namespace Efento.Portal.Devices;

/// <summary>
/// The observed rhythm of a logger: the times between its last measurements (spacings), and the times from measured to received (delays).
/// Some loggers measure less often than they say, and some gateways send in batches. So a logger's promise is stretched to what is
/// observed. It is shortened only if the logger states it once, or in two ways that differ, and the observation is far below it.
/// <para>
/// The trap is an outage. Afterwards the gateway delivers what it kept, hours late. If that counted as the logger's rhythm, the logger
/// would look fresh for hours after it fell silent. Four rules keep outages out (docs/decisions/0057-promises-are-stretched.md):
/// <list type="number">
/// <item>Records that are sent again, or measured before the newest one, are ignored.</item>
/// <item>A delay shorter than the one before is ignored: while a gateway empties its queue, each record is a little less late.</item>
/// <item>The first record has no delay: it may come out of the logger's memory.</item>
/// <item>A spacing or delay longer than three times the usual one is an outage. The logger is called silent by then anyway.</item>
/// </list>
/// </para>
/// </summary>
public sealed class LoggerRhythm
{
    /// <summary>The number of spacings and of delays it remembers.</summary>
    public const int Remembered = 50;

    /// <summary>The fewest spacings or delays that make a rhythm. A single one may be the outage itself.</summary>
    private const int Fewest = 3;

    private readonly Lock _lock = new();
    private readonly RecentTimes _spacings = new(Remembered);
    private readonly RecentTimes _delays = new(Remembered);
    private long? _measuredMs;
    private long _delayMs;
    private (StatedPromise Stated, long? PromiseMs)? _known;

    /// <summary>Notes a committed record. A record that is not newer than the newest one is ignored.</summary>
    /// <param name="measuredMs">When it was measured, Unix ms.</param>
    /// <param name="receivedMs">When its message was received, Unix ms.</param>
    public void Note(long measuredMs, long receivedMs)
    {
        lock (_lock)
        {
            if (measuredMs <= _measuredMs)
            {
                return;
            }

            // A logger's clock may be slightly ahead, so that a record seems to arrive before it was measured.
            var delayMs = Math.Max(0, receivedMs - measuredMs);
            if (_measuredMs is { } before)
            {
                // Spacings count even while a queue is emptied: they are between times of measurement, which an outage of the gateway does
                // not change.
                _spacings.Add(measuredMs - before);
                if (delayMs >= _delayMs)
                {
                    _delays.Add(delayMs);
                }

                _known = null;
            }

            (_measuredMs, _delayMs) = (measuredMs, delayMs);
        }
    }

    /// <summary>
    /// Notes the last records of a logger after a restart, as if they had just arrived. A record that was received later than a newer one
    /// was filled in behind it, and is left out: <see cref="Note"/> would have ignored it.
    /// </summary>
    /// <param name="newestFirst">When each was measured and received, Unix ms; newest measured first.</param>
    internal void Restore(IReadOnlyList<(long MeasuredMs, long ReceivedMs)> newestFirst)
    {
        var earliest = long.MaxValue;
        List<(long MeasuredMs, long ReceivedMs)> inOrder = [];
        foreach (var record in newestFirst.Where(r => r.ReceivedMs <= earliest))
        {
            earliest = record.ReceivedMs;
            inOrder.Add(record);
        }

        foreach (var (measuredMs, receivedMs) in Enumerable.Reverse(inOrder))
        {
            Note(measuredMs, receivedMs);
        }
    }

    /// <summary>
    /// The time in ms from a measurement until the next one should have arrived; null if neither the logger nor its rhythm tells.
    /// </summary>
    /// <param name="stated">What the logger promises.</param>
    public long? PromiseMs(StatedPromise stated)
    {
        lock (_lock)
        {
            if (_known is not { } known || known.Stated != stated)
            {
                _known = known = (stated, Stretch(Credible(stated)));
            }

            return known.PromiseMs;
        }
    }

    /// <summary>Whether enough was observed to know how late the logger's records usually come.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
            {
                return _delays.Count >= Fewest;
            }
        }
    }

    /// <summary>
    /// The promise, limited if the logger states it once or in two ways that differ: then it counts up to three times the usual spacing.
    /// This catches a next measurement in 2036, or an interval in a wrong unit; with it the logger would never be late again.
    /// </summary>
    private long Credible(StatedPromise stated) =>
        !stated.IsAgreed && _spacings.Usual(0, Fewest) is { } observed
            ? Math.Min(stated.Ms, LoggerFreshness.SilentAfterPromises * observed)
            : stated.Ms;

    /// <summary>
    /// The usual spacing if it is longer than the promise, and the usual delay on top. A logger that promises nothing has a promise after
    /// its first spacing.
    /// </summary>
    private long? Stretch(long statedMs)
    {
        var spacingMs = _spacings.Usual(statedMs, statedMs > 0 ? Fewest : 1) ?? 0;
        var promiseMs = Math.Max(statedMs, spacingMs);
        return promiseMs <= 0
            ? null
            : Math.Min((long)Promise.Longest.TotalMilliseconds, promiseMs + (_delays.Usual(promiseMs, Fewest, onTopMs: promiseMs) ?? 0));
    }
}
