namespace Efento.Portal.Measurements;

/// <summary>A time in which the portal took no measurements on purpose: gateways kept them and brought them afterwards.</summary>
/// <param name="FromMs">Its begin, Unix ms.</param>
/// <param name="ToMs">Its end, Unix ms.</param>
public readonly record struct Outage(long FromMs, long ToMs)
{
    /// <summary>How long gateways go on pausing after its end. Source: docs/gateway-api.md, "Answers".</summary>
    private const long PauseMs = 5 * 60_000;

    /// <summary>Whether a reading was measured in it and received after it: it came late for this reason.</summary>
    public bool Delayed(long measuredAtMs, long receivedMs) => measuredAtMs >= FromMs && measuredAtMs < ToMs && receivedMs >= ToMs;

    /// <summary>Names the part of each gap that an outage explains; what is missing beside that stays unexplained.</summary>
    /// <param name="gaps">The gaps in order.</param>
    /// <param name="outages">The outages in order.</param>
    /// <param name="longestMs">The longest time in ms without a reading that is normal; null if nothing tells.</param>
    public static List<HistoryGap> Explain(List<HistoryGap> gaps, IReadOnlyList<Outage> outages, double? longestMs) =>
        outages.Count == 0 ? gaps : [.. gaps.SelectMany(gap => Explain(gap, outages, longestMs ?? 0))];

    private static IEnumerable<HistoryGap> Explain(HistoryGap gap, IReadOnlyList<Outage> outages, double longestMs)
    {
        var at = gap.FromMs;
        foreach (var outage in gap.Cause is GapCause.Missing ? outages.Where(o => o.FromMs < gap.ToMs && gap.FromMs < o.ToMs) : [])
        {
            // The last reading before and the first after it lie up to one interval away, and gateways pause a while.
            var from = outage.FromMs - at <= longestMs ? at : outage.FromMs;
            var to = gap.ToMs - outage.ToMs <= longestMs + PauseMs ? gap.ToMs : outage.ToMs;
            if (from > at)
            {
                yield return gap with { FromMs = at, ToMs = from };
            }

            yield return new HistoryGap(from, to, GapCause.Maintenance);
            at = to;
        }

        if (at < gap.ToMs)
        {
            yield return gap with { FromMs = at };
        }
    }
}

/// <summary>A time whose readings were received later than they should have been, for the portal took none then.</summary>
/// <param name="FromMs">Its begin, Unix ms.</param>
/// <param name="ToMs">Its end, Unix ms.</param>
public readonly record struct DelayedStretch(long FromMs, long ToMs);
