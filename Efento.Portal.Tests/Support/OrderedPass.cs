using Efento.Portal.Alarms.Evaluation;

namespace Efento.Portal.Tests.Support;

/// <summary>What a rule makes of stored readings in the order in which they were measured.</summary>
internal static class OrderedPass
{
    /// <summary>The alarms that a database must hold, as "began|ended|level|peak".</summary>
    public static IReadOnlyList<string> Over(PortalDatabase database, Condition condition, string typeKey) =>
    [
        .. database.Query(
                "SELECT s.id, r.measured_at, r.value FROM reading r JOIN series s ON s.id = r.series_id WHERE s.type_key = $0 ORDER BY s.id, r.measured_at",
                typeKey)
            .GroupBy(row => (long)row[0]!)
            .SelectMany(channel => Over(channel.Select(row => new Sample((long)row[1]!, (double?)row[2], 0)), condition))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Over(IEnumerable<Sample> samples, Condition condition)
    {
        var machine = new Machine();
        foreach (var sample in samples)
        {
            machine.Take(sample, condition);
        }

        return machine.TakeFinished().Append(machine.Current).OfType<Occurrence>().Select(
            o => FormattableString.Invariant($"{o.BeganMs}|{o.EndedMs}|{(int)o.Level}|{o.Peak}"));
    }
}
