using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>
/// What the database knows of loggers beside their readings: names, points and decisions. It is read once after each change, however many
/// pages ask; whoever changes loggers, points, locations or the names of gateways says so by <see cref="Changed"/>.
/// </summary>
public sealed class LoggerRoster(IDbContextFactory<PortalDbContext> database, LiveFeed feed) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private int _version;
    private int _heard;
    private volatile KnownLoggers? _known;

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

    /// <summary>Stays the same while nothing is heard and nothing is changed.</summary>
    internal (int Version, int Heard) Stamp => (Volatile.Read(ref _version), Volatile.Read(ref _heard));

    /// <summary>What is known now.</summary>
    internal async ValueTask<KnownLoggers> ReadAsync(CancellationToken cancellationToken)
    {
        if (Current is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return Current ?? (_known = await QueryAsync(cancellationToken));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private KnownLoggers? Current => _known is { } known && known.Version == Volatile.Read(ref _version) ? known : null;

    private async Task<KnownLoggers> QueryAsync(CancellationToken cancellationToken)
    {
        // Before the question: what changes meanwhile is then read again.
        var version = Volatile.Read(ref _version);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows =
            from logger in db.Loggers.AsNoTracking()
            join assignment in db.LoggerAssignments.AsNoTracking().Where(a => a.UntilUtc == null) on logger.Id equals assignment.LoggerId into assignments
            from assignment in assignments.DefaultIfEmpty()
            join point in db.MeasuringPoints.AsNoTracking() on assignment.PointId equals point.Id into points
            from point in points.DefaultIfEmpty()
            select new { Logger = logger, Point = point };
        var loggers = (await rows.ToListAsync(cancellationToken)).DistinctBy(r => r.Logger.Id).Select(r => new KnownLogger(r.Logger, r.Point));
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

    /// <summary>The logger of a key; null if it is not stored.</summary>
    public KnownLogger? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>All by name as the language of whoever asks sorts them, then by serial.</summary>
    public IReadOnlyList<KnownLogger> ByName() => _byName.GetOrAdd(
        CultureInfo.CurrentCulture.Name, _ => [.. _byId.Values.OrderBy(l => l.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(l => l.Logger.Serial, StringComparer.Ordinal)]);
}

/// <summary>A logger of the database with the point it measures at; null if it is assigned to none.</summary>
internal sealed record KnownLogger(Logger Logger, MeasuringPoint? Point)
{
    /// <summary>What people call the place it measures at; the serial where it is assigned to none.</summary>
    public string Name => Point?.Name ?? Logger.Serial;
}
