using System.Globalization;

namespace Efento.Portal.Simulation;

/// <summary>A simulation's summary in words.</summary>
internal static class SimulationReport
{
    private const int ViolationsShown = 10;

    /// <summary>Each figure with its name.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(SimulationSummary s) =>
    [
        ("messages", Text(s.Messages)),
        ("answered 201", Text(s.Acknowledged)),
        ("answered 503", s.Pausing > 0 ? $"{Text(s.Busy)} ({s.Pausing} pausing)" : Text(s.Busy)),
        (
            "other answers",
            s.Other > 0 ? $"{Text(s.Other)} ({string.Join(", ", s.OtherStatuses.Select(o => $"{o.Value} × {o.Key}"))})" : "0"),
        ("no answer", Text(s.NoAnswer)),
        ("refused replies", Text(s.Refused)),
        ("retries", Text(s.Retries)),
        ("protocol violations", Text(s.Violations)),
        ("unanswered messages", Text(s.Unanswered)),
        ("measurements not sent", Text(s.Waiting)),
        ("measurements forgotten", Text(s.Forgotten)),
        ("readings", Text(s.Readings)),
        ("readings/s", Text(s.ReadingsPerSecond)),
        ("p50 ms", Milliseconds(s.P50)),
        ("p90 ms", Milliseconds(s.P90)),
        ("p99 ms", Milliseconds(s.P99)),
        ("max ms", Milliseconds(s.Max)),
    ];

    /// <summary>The summary and the first violations, line by line.</summary>
    public static IEnumerable<string> Lines(SimulationSummary summary, IReadOnlyCollection<ProtocolViolation> violations)
    {
        foreach (var (name, value) in Rows(summary))
        {
            yield return $"{name,-22} {value,12}";
        }

        foreach (var violation in violations.Take(ViolationsShown))
        {
            yield return $"violation at gateway {violation.GatewaySerial}: {violation.Detail}";
        }

        if (summary.Violations > ViolationsShown)
        {
            yield return $"… and {Text(summary.Violations - ViolationsShown)} more";
        }
    }

    /// <summary>The progress in one line.</summary>
    public static string Line(SimulationSummary s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s.Elapsed.TotalSeconds,6:0} s: {s.Messages} messages, {s.Acknowledged} × 201, {s.Busy} × 503, {s.Other} other, {s.NoAnswer} without answer, {s.Retries} retries, {s.Violations} violations, {s.ReadingsPerSecond:0.0} readings/s, p99 {s.P99.TotalMilliseconds:0.0} ms");

    private static string Text(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("#,0.0", CultureInfo.InvariantCulture);
}
