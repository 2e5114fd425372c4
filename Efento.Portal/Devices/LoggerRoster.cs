using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>
/// What the database knows of loggers beside their readings: names, points and decisions. Whoever changes loggers, points, locations or the
/// names of gateways says so by <see cref="Changed"/>, and the writer by <see cref="Heard"/>: nothing else tells <see cref="LoggerQuery"/>,
/// and with it the pages, that what they have made of the loggers is old.
/// </summary>
internal sealed class LoggerRoster(IDbContextFactory<PortalDbContext> database, LiveFeed feed)
{
    private int _version;
    private int _heard;

    /// <summary>To be called after the commit of a change: what is read from now on is the new state, and the pages are told.</summary>
    public void Changed()
    {
        Forget();
        feed.Publish(new LiveKey(LiveTopic.Inventory));
    }

    /// <summary>What was read may not be so: it is read again when somebody asks.</summary>
    public void Forget() => Interlocked.Increment(ref _version);

    /// <summary>To be called when memory has taken what loggers said, before the pages are told.</summary>
    public void Heard() => Interlocked.Increment(ref _heard);

    /// <summary>Counts what was changed.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <summary>Counts what was heard.</summary>
    internal int HeardCount => Volatile.Read(ref _heard);

    /// <summary>Reads what the database knows.</summary>
    internal async Task<KnownLoggers> ReadAsync(CancellationToken cancellationToken)
    {
        // Before the question: what changes meanwhile is then read again.
        var version = Version;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows =
            from logger in db.Loggers.AsNoTracking()
            join assignment in db.LoggerAssignments.AsNoTracking().Where(
                a => a.UntilUtc == null) on logger.Id equals assignment.LoggerId into assignments
            from assignment in assignments.DefaultIfEmpty()
            join point in db.MeasuringPoints.AsNoTracking() on assignment.PointId equals point.Id into points
            from point in points.DefaultIfEmpty()
            select new { Logger = logger, Point = point };
        var loggers = (
            await rows.ToListAsync(cancellationToken)).DistinctBy(r => r.Logger.Id).Select(r => new KnownLogger(r.Logger, r.Point));
        return new KnownLoggers(version, loggers, await db.Gateways.ToDictionaryAsync(g => g.Id, g => g.Name, cancellationToken));
    }
}

/// <summary>The loggers of the database at one moment.</summary>
internal sealed class KnownLoggers(int version, IEnumerable<KnownLogger> loggers, IReadOnlyDictionary<int, string> gateways)
{
    private readonly FrozenDictionary<int, KnownLogger> _byId = loggers.ToFrozenDictionary(l => l.Logger.Id);
    private readonly ConcurrentDictionary<string, IReadOnlyList<KnownLogger>> _byName = new();

    /// <summary>Counts changes.</summary>
    public int Version => version;

    /// <summary>Names of gateways by their keys.</summary>
    public IReadOnlyDictionary<int, string> Gateways => gateways;

    /// <summary>All of them.</summary>
    public IReadOnlyList<KnownLogger> All => _byId.Values;

    /// <summary>All by name as the language of whoever asks sorts them, then by serial.</summary>
    public IReadOnlyList<KnownLogger> ByName() => _byName.GetOrAdd(
        CultureInfo.CurrentCulture.Name, _ =>
            [
                .. _byId.Values.OrderBy(
                    l => l.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(l => l.Logger.Serial, StringComparer.Ordinal)
            ]);
}

/// <summary>A logger of the database with the point it measures at; null if it is assigned to none.</summary>
internal sealed record KnownLogger(Logger Logger, MeasuringPoint? Point)
{
    /// <summary>What people call the place it measures at; the serial where it is assigned to none.</summary>
    public string Name => Point?.Name ?? Logger.Serial;
}
