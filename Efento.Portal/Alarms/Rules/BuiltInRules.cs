using Efento.Portal.Access;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// The rules of a site on which nobody has set up any. They are made at the first start, for the whole site and from the beginning of time,
/// and can be changed or switched off, but not ended.
/// </summary>
internal sealed class BuiltInRules(WriteGate gate, TimeProvider time)
{
    /// <summary>What the key of each of them begins with.</summary>
    public const string Prefix = "built-in-";

    /// <summary>How long a channel may be without a value: a few measurements may fail.</summary>
    private static readonly TimeSpan SensorPatience = TimeSpan.FromMinutes(15);

    /// <summary>How long a gateway may run on its battery: it may be moved from one socket to another.</summary>
    private static readonly TimeSpan PowerPatience = TimeSpan.FromMinutes(5);

    /// <summary>How much of the disk must be free, in percent.</summary>
    private const double LeastDisk = 10;

    private static readonly LevelConditions AtOnce = new();

    /// <summary>Makes those that are missing.</summary>
    public Task MakeAsync(CancellationToken cancellationToken = default) => gate.WriteAsync(
        async db =>
        {
            var present = await db.AlarmRules.Select(r => r.Key).Distinct().ToListAsync(cancellationToken);
            db.AlarmRules.AddRange(All().Where(r => !present.Contains(r.Key)));
        },
        cancellationToken);

    private IEnumerable<AlarmRule> All() =>
    [
        Rule("silence", RuleKind.Silence, null, AtOnce with { WhenLate = false }),
        Rule("sensor-error", RuleKind.SensorError, null, After(SensorPatience)),
        Rule("battery", RuleKind.Battery, null, AtOnce),
        Rule("gateway-offline", RuleKind.Gateway, RuleSubjects.Offline, AtOnce),
        Rule("gateway-on-battery", RuleKind.Gateway, RuleSubjects.OnBattery, After(PowerPatience)),
        Rule("disk", RuleKind.Portal, RuleSubjects.Disk, AtOnce with { Below = LeastDisk }),
        Rule("quarantine", RuleKind.Portal, RuleSubjects.Quarantine, AtOnce),
        Rule("clock", RuleKind.Portal, RuleSubjects.Clock, AtOnce),
        Rule("channel", RuleKind.Portal, RuleSubjects.Channel, AtOnce),
        Rule("backup", RuleKind.Portal, RuleSubjects.Backup, AtOnce),
    ];

    private AlarmRule Rule(string name, RuleKind kind, string? subject, LevelConditions warning) => new()
    {
        Key = Prefix + name,
        Version = 1,
        Kind = kind,
        Type = subject,
        Conditions = new RuleConditions(warning, null),
        IsEnabled = true,
        IsBuiltIn = true,
        FromMs = long.MinValue,
        MadeUtc = time.GetUtcNow(),
        MadeBy = Actor.Portal.Name,
    };

    private static LevelConditions After(TimeSpan patience) => new() { DelayMs = (long)patience.TotalMilliseconds };
}
