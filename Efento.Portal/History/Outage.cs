using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A time in which the portal deliberately accepted no measurements; gateways kept them and delivered them afterwards.</summary>
/// <param name="FromMs">Its begin, Unix ms.</param>
/// <param name="ToMs">Its end, Unix ms.</param>
internal readonly record struct Outage(long FromMs, long ToMs)
{
    /// <summary>How long gateways still pause after its end. Source: docs/gateway-api.md, "Answers".</summary>
    private const long PauseMs = 5 * 60_000;

    /// <summary>Names the part of each gap that an outage explains. The rest of the gap stays unexplained.</summary>
    /// <param name="gaps">The gaps in order.</param>
    /// <param name="outages">The outages in order.</param>
    /// <param name="longestMs">The longest time in ms without a reading that is normal; null if it is not known.</param>
    public static List<HistoryGap> Explain(List<HistoryGap> gaps, IReadOnlyList<Outage> outages, double? longestMs) =>
        outages.Count == 0 ? gaps : [.. gaps.SelectMany(gap => Explain(gap, outages, longestMs ?? 0))];

    private static IEnumerable<HistoryGap> Explain(HistoryGap gap, IReadOnlyList<Outage> outages, double longestMs)
    {
        var at = gap.FromMs;
        foreach (var outage in gap.Cause is GapCause.Missing ? outages.Where(o => o.FromMs < gap.ToMs && gap.FromMs < o.ToMs) : [])
        {
            // The last reading before an outage and the first one after it are up to one interval away, and gateways still pause for a
            // while.
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
