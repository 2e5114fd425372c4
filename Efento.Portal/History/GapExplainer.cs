using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>
/// Explains why values are missing. The most certain cause comes first: readings without value, then maintenance, an offline gateway, a
/// logger set to N, and last a logger that its gateway did not hear. What no cause explains stays <see cref="GapCause.Missing"/>.
/// <para>
/// Each cause takes its part out of the gap, and the next cause is tried on what is left. A gap is measured from reading to reading, so it
/// begins before its cause and ends after it. A rest of up to one normal spacing is therefore no second gap: it belongs to the cause.
/// </para>
/// </summary>
internal static class GapExplainer
{
    /// <summary>How long gateways pause after a 503. Source: docs/gateway-api.md, "Answers".</summary>
    private const long PauseMs = 5 * 60_000;

    /// <summary>The shortest part of a gap that a cause can take: a shorter one would be shown as "0 s".</summary>
    private const long ShortestMs = 1_000;

    /// <summary>Names the causes of a gap; several if each explains a part of it.</summary>
    /// <param name="gap">The time from the last value before the gap to the first one after it.</param>
    /// <param name="longestMs">
    /// The longest normal time in ms without a reading. The gap may begin so much earlier than its cause, and end so much later.
    /// </param>
    /// <param name="evidence">What is known about that time.</param>
    public static IReadOnlyList<HistoryGap> Explain(Stretch gap, double longestMs, GapEvidence evidence)
    {
        List<HistoryGap> parts = [new(gap.FromMs, gap.ToMs, GapCause.Missing)];
        parts = Name(parts, GapCause.NoValue, evidence.WithoutValue, longestMs, longestMs);
        parts = Name(parts, GapCause.Maintenance, evidence.Maintenance, longestMs, longestMs + PauseMs);
        parts = Name(parts, GapCause.GatewayOffline, evidence.GatewayOffline, longestMs, longestMs + PauseMs);
        parts = Name(parts, GapCause.NotSynchronised, evidence.NotSynchronised, longestMs, longestMs + PauseMs);
        // A message is a moment and has no length, so it can't cut a part out. It names the whole part in which it arrived.
        return [
            .. parts.Select(
                part => part.Cause is GapCause.Missing
                    && evidence.OthersHeard.Any(heard => heard.FromMs >= part.FromMs && heard.FromMs < part.ToMs)
            ? part with { Cause = GapCause.NotHeard }
            : part)];
    }

    private static List<HistoryGap> Name(
        List<HistoryGap> parts, GapCause cause, IReadOnlyList<Stretch> times, double before, double after) =>
        times.Count == 0
            ? parts
            : [.. parts.SelectMany(part => part.Cause is GapCause.Missing ? Name(part, cause, times, before, after) : [part])];

    private static List<HistoryGap> Name(HistoryGap part, GapCause cause, IReadOnlyList<Stretch> times, double before, double after)
    {
        List<HistoryGap> named = [];
        var at = part.FromMs;
        foreach (var time in times.Where(t => t.FromMs < part.ToMs && part.FromMs <= t.ToMs))
        {
            // Times may overlap. One that begins before "at" goes on from there; one that also ends before it has a negative length.
            var from = time.FromMs - at <= before ? at : time.FromMs;
            var to = part.ToMs - time.ToMs <= after ? part.ToMs : time.ToMs;
            if (to - Math.Max(at, from) < ShortestMs)
            {
                // A moment within a gap explains no part of it.
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
