using System.Collections.Frozen;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Alarms;

/// <summary>What alarms and rules make of measuring points now.</summary>
internal sealed class PointAlerts(AlarmBoard board, RuleDirectory rules) : IPointAlerts
{
    private volatile Picture _picture = new(-1, FrozenDictionary<int, Alerts>.Empty);
    private volatile Limits _limits = new(null, false);

    /// <inheritdoc/>
    public long Version => board.Version + rules.Book.Number;

    /// <inheritdoc/>
    public long LimitsVersion => rules.Book.Number;

    /// <inheritdoc/>
    public bool AreLimitsSet
    {
        get
        {
            var (book, known) = (rules.Book, _limits);
            return (ReferenceEquals(known.Of, book) ? known : _limits = new(book, book.All.Any(IsLimit))).AreSet;
        }
    }

    /// <inheritdoc/>
    public PointAlert Of(int pointId) => Now.GetValueOrDefault(pointId).Alert;

    /// <inheritdoc/>
    public IReadOnlyList<int> CriticalOf(int pointId) => Now.GetValueOrDefault(pointId).Critical ?? [];

    /// <inheritdoc/>
    public ValueLimits? LimitsOf(int pointId, byte channel, MeasurementType type)
    {
        var kind = type.Kind is MeasurementKind.Binary ? RuleKind.State : RuleKind.Limits;

        // No rule begins in the future: the last one is in force.
        return rules.Book.TimelineOf(pointId, channel, type.Key, kind)[^1].Rule is { Conditions: var its }
            ? kind is RuleKind.State
                ? new(null, null, null, null, its.Levels.First().Is ?? 1)
                : new(its.Critical?.Low, its.Warning?.Low, its.Warning?.High, its.Critical?.High)
            : null;
    }

    private FrozenDictionary<int, Alerts> Now
    {
        get
        {
            var (version, known) = (board.Version, _picture);
            return (known.Version == version ? known : _picture = new(version, AlertsOf(board.Present))).ByPoint;
        }
    }

    private static bool IsLimit(AlarmRule rule) =>
        rule is { Kind: RuleKind.Limits or RuleKind.State, IsEnabled: true, UntilMs: long.MaxValue };

    private static FrozenDictionary<int, Alerts> AlertsOf(IEnumerable<Alarm> present) => present
        .Where(a => a is { IsActive: true, PointId: not null, CauseId: null } && !IsSaidByState(a))
        .GroupBy(a => a.PointId!.Value)
        .ToFrozenDictionary(
            point => point.Key,
            point => new Alerts(
                new(point.Where(a => a.IsOpen).Select(a => LevelOf(a.LevelNow)).DefaultIfEmpty().Max(), point.Any(a => !a.IsOpen)),
                [.. point.Where(a => a is { IsOpen: true, LevelNow: AlarmLevel.Critical }).Select(a => a.Id).Order()]));

    /// <summary>The state of the logger says it more precisely, and as loudly.</summary>
    private static bool IsSaidByState(Alarm alarm) =>
        alarm is { Kind: RuleKind.Silence or RuleKind.SensorError, LevelNow: AlarmLevel.Warning, IsOpen: true };

    private static AlertLevel LevelOf(AlarmLevel level) => level is AlarmLevel.Critical ? AlertLevel.Critical : AlertLevel.Warning;

    private sealed record Picture(long Version, FrozenDictionary<int, Alerts> ByPoint);

    private readonly record struct Alerts(PointAlert Alert, IReadOnlyList<int>? Critical);

    private sealed record Limits(RuleBook? Of, bool AreSet);
}
