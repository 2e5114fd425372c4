namespace Efento.Portal.Measurements.Ranges;

/// <summary>
/// Tells why values are missing, by what is known for certain first: readings that came without value, then maintenance, an offline gateway, a
/// logger set to N, one that its gateway did not hear. What none of it explains is named so.
/// </summary>
public static class GapExplainer
{
    /// <summary>How long gateways go on pausing after a 503. Source: docs/gateway-api.md, "Answers".</summary>
    private const long PauseMs = 5 * 60_000;

    /// <summary>What lasts less than a second would be a gap "of 0 s".</summary>
    private const long ShortestMs = 1_000;

    /// <summary>Names the causes of a gap; several where each explains a part of it.</summary>
    /// <param name="gap">From the last value before to the first one after.</param>
    /// <param name="longestMs">The longest time in ms without a reading that is normal: so far from a cause its gap may begin and end.</param>
    /// <param name="evidence">What is known.</param>
    public static IReadOnlyList<HistoryGap> Explain(Stretch gap, double longestMs, GapEvidence evidence)
    {
        List<HistoryGap> parts = [new(gap.FromMs, gap.ToMs, GapCause.Missing)];
        parts = Name(parts, GapCause.NoValue, evidence.WithoutValue, longestMs, longestMs);
        parts = Name(parts, GapCause.Maintenance, evidence.Maintenance, longestMs, longestMs + PauseMs);
        parts = Name(parts, GapCause.GatewayOffline, evidence.GatewayOffline, longestMs, longestMs + PauseMs);
        parts = Name(parts, GapCause.NotSynchronised, evidence.NotSynchronised, longestMs, longestMs + PauseMs);
        return [.. parts.Select(part => part.Cause is GapCause.Missing && evidence.OthersHeard.Any(heard => heard.FromMs >= part.FromMs && heard.FromMs < part.ToMs)
            ? part with { Cause = GapCause.NotHeard }
            : part)];
    }

    private static List<HistoryGap> Name(List<HistoryGap> parts, GapCause cause, IReadOnlyList<Stretch> times, double before, double after) =>
        times.Count == 0 ? parts : [.. parts.SelectMany(part => part.Cause is GapCause.Missing ? Name(part, cause, times, before, after) : [part])];

    private static List<HistoryGap> Name(HistoryGap part, GapCause cause, IReadOnlyList<Stretch> times, double before, double after)
    {
        List<HistoryGap> named = [];
        var at = part.FromMs;
        foreach (var time in times.Where(t => t.FromMs < part.ToMs && part.FromMs <= t.ToMs))
        {
            var from = time.FromMs - at <= before ? at : time.FromMs;
            var to = part.ToMs - time.ToMs <= after ? part.ToMs : time.ToMs;
            if (to - Math.Max(at, from) < ShortestMs)
            {
                // A moment within a gap explains nothing of it.
                continue;
            }

            if (named is [.., { } last] && last.Cause == cause && from == at)
            {
                named[^1] = last with { ToMs = to };
            }
            else
            {
                if (from > at)
                {
                    named.Add(part with { FromMs = at, ToMs = from });
                }

                named.Add(new HistoryGap(from, to, cause));
            }

            at = to;
        }

        if (at < part.ToMs)
        {
            named.Add(part with { FromMs = at });
        }

        return named;
    }
}
