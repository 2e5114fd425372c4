using System.Collections.Concurrent;
using System.Globalization;

namespace Efento.Portal.Devices;

/// <summary>Every logger as it stood at one moment. One that had not changed since the moment before is the same object.</summary>
/// <param name="stamp">What it was made of.</param>
/// <param name="known">What the database knew.</param>
/// <param name="byId">The loggers by their keys.</param>
/// <param name="inputs">What each was made of in memory.</param>
/// <param name="isTimeless">Whether time alone changes nothing of it: no reading waits for the server's clock to reach it.</param>
internal sealed class LoggerSnapshot(
    LoggersStamp stamp, KnownLoggers known, IReadOnlyDictionary<int, LoggerOverview> byId,
    IReadOnlyDictionary<int, LoggerInputs> inputs, bool isTimeless)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<LoggerOverview>> _byName = new(StringComparer.Ordinal);

    /// <summary>What the database knew.</summary>
    public KnownLoggers Known => known;

    /// <summary>Whether it was made of this.</summary>
    public bool IsOf(LoggersStamp other) => stamp == other;

    /// <summary>Whether nobody changed anything, the server's clock included, since it was made.</summary>
    public bool IsOfSameDecisions(LoggersStamp other) => stamp with { Heard = other.Heard, Alerts = other.Alerts } == other;

    /// <summary>What a logger was made of in memory; null if there is none.</summary>
    public LoggerInputs? InputsOf(int id) => inputs.TryGetValue(id, out var its) ? its : null;

    /// <summary>Whether it still holds while that does not change.</summary>
    public bool IsTimeless => isTimeless;

    /// <summary>The logger of a key; null if there is none.</summary>
    public LoggerOverview? Find(int id) => byId.GetValueOrDefault(id);

    /// <summary>All by name as the language of whoever asks sorts them, then by serial.</summary>
    public IReadOnlyList<LoggerOverview> ByName() => _byName.GetOrAdd(
        CultureInfo.CurrentCulture.Name, _ => [.. known.ByName().Select(l => Find(l.Logger.Id)).OfType<LoggerOverview>()]);

    /// <summary>Whether another has the very same loggers.</summary>
    public bool HasSameLoggers(IReadOnlyDictionary<int, LoggerOverview> others) =>
        byId.Count == others.Count && others.All(other => ReferenceEquals(Find(other.Key), other.Value));
}

/// <summary>What decides how loggers stand, as long as time alone changes nothing.</summary>
/// <param name="Version">Counts changes by people.</param>
/// <param name="Heard">Counts what loggers said.</param>
/// <param name="Alerts">Counts the changes of alarms and their rules.</param>
/// <param name="Receipts">Another one after the server's clock was corrected.</param>
/// <param name="Tree">The locations.</param>
internal sealed record LoggersStamp(int Version, int Heard, long Alerts, object Receipts, LocationTree Tree);

/// <summary>What decides how a logger stands beside decisions and values: while it is the same, so is the logger.</summary>
/// <param name="Last">The report of its newest record.</param>
/// <param name="Ahead">The same if that was ahead of the server's clock.</param>
/// <param name="IsOfFuture">Whether it still is.</param>
/// <param name="SetAside">How many of its last records were set aside.</param>
/// <param name="Gateways">Counts what gateways heard of it.</param>
/// <param name="Approval">Whether it is shown.</param>
/// <param name="Synchronise">Y or N.</param>
/// <param name="Alert">The alarms at its point.</param>
/// <param name="Limits">Counts the changes of limits.</param>
internal readonly record struct LoggerInputs(
    LoggerContact? Last, LoggerContact? Ahead, bool IsOfFuture, int SetAside, int Gateways, LoggerApproval Approval, bool Synchronise,
    PointAlert Alert, long Limits);
