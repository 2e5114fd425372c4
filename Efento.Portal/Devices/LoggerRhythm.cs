namespace Efento.Portal.Devices;

/// <summary>
/// How a logger's records come, as observed: the time between its last measurements, and how long they took to get here. Some come seldomer
/// than they say and some gateways send what they hear in batches; a promise is stretched to that; it is
/// shortened only where the logger contradicts itself or says it once, and what was observed is far from it.
/// <para>
/// An outage teaches nothing. What is sent again or measured before the newest record is not looked at; of what a gateway had kept,
/// each record is a little less late than the one before, so a delay that sinks is not counted; and the one wait in which the outage itself lies
/// is longer than three times what is usual, after which the logger is called silent anyway. Decision 0057 tells more.
/// </para>
/// </summary>
public sealed class LoggerRhythm
{
    /// <summary>How many measurements it looks back over.</summary>
    public const int Remembered = 50;

    /// <summary>Fewer tell no rhythm: the one spacing or delay there is may be the outage.</summary>
    private const int Fewest = 3;

    private readonly Lock _lock = new();
    private readonly RecentTimes _spacings = new(Remembered);
    private readonly RecentTimes _delays = new(Remembered);
    private long? _measuredMs;
    private long _delayMs;
    private (StatedPromise Stated, long? PromiseMs)? _known;

    /// <summary>Takes a committed record; those not newer than the one before are passed over.</summary>
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

            // A logger's clock may be ahead by a little.
            var delayMs = Math.Max(0, receivedMs - measuredMs);
            if (_measuredMs is { } before)
            {
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

    /// <summary>Takes the last records of a logger that was heard before the start; which of them came late is told by their messages.</summary>
    /// <param name="newestFirst">When each was measured and received, Unix ms, newest measured first.</param>
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

    /// <summary>How long after a measurement the next one is here, in ms; null if neither the logger nor its rhythm tells.</summary>
    /// <param name="stated">What the logger says.</param>
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

    /// <summary>Whether so much was observed that it tells how late its records usually come.</summary>
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

    /// <summary>What is said once, or in two ways that differ, holds up to so many times what is observed.</summary>
    private long Credible(StatedPromise stated) =>
        !stated.IsAgreed && _spacings.Usual(0, Fewest) is { } observed
            ? Math.Min(stated.Ms, LoggerFreshness.SilentAfterPromises * observed)
            : stated.Ms;

    private long? Stretch(long statedMs)
    {
        var spacingMs = _spacings.Usual(statedMs, statedMs > 0 ? Fewest : 1) ?? 0;
        var promiseMs = Math.Max(statedMs, spacingMs);
        return promiseMs <= 0 ? null : Math.Min((long)Promise.Longest.TotalMilliseconds, promiseMs + (_delays.Usual(promiseMs, Fewest, onTopMs: promiseMs) ?? 0));
    }
}
