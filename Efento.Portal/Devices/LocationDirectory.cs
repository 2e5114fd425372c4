using System.Collections.Frozen;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>All locations in memory, with the loggers that measure in them and since when. Reloaded after each change by a user.</summary>
public sealed class LocationDirectory(IDbContextFactory<PortalDbContext> database) : IDisposable
{
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile Placement _now = new(new LocationTree([]), FrozenDictionary<int, PlacedLogger>.Empty);

    /// <summary>The locations.</summary>
    public LocationTree Tree => _now.Tree;

    /// <summary>Where a logger measures; null if its point lies in no location.</summary>
    public PlacedLogger? Find(int loggerId) => _now.Loggers.GetValueOrDefault(loggerId);

    /// <summary>The loggers that measure in one of these locations or below.</summary>
    public IEnumerable<int> LoggersWithin(IReadOnlyCollection<int> locations)
    {
        var now = _now;
        return now.Loggers.Where(l => now.Tree.IsWithin(l.Value.LocationId, locations)).Select(l => l.Key);
    }

    /// <summary>Reloads everything.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // Reloads run one at a time. Otherwise an older result could replace a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            var locations = await db.Locations.AsNoTracking().ToListAsync(cancellationToken);
            var placed =
                from assignment in db.LoggerAssignments
                where assignment.UntilUtc == null
                join point in db.MeasuringPoints on assignment.PointId equals point.Id
                where point.LocationId != null
                select new { assignment.LoggerId, assignment.FromUtc, point.LocationId };
            var loggers = (await placed.ToListAsync(cancellationToken)).DistinctBy(p => p.LoggerId)
                .ToFrozenDictionary(p => p.LoggerId, p => new PlacedLogger(p.LocationId!.Value, p.FromUtc));
            _now = new Placement(new LocationTree(locations), loggers);
        }
        finally
        {
            _reload.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();

    private sealed record Placement(LocationTree Tree, FrozenDictionary<int, PlacedLogger> Loggers);
}

/// <summary>Where a logger measures.</summary>
/// <param name="LocationId">The location of its point.</param>
/// <param name="FromUtc">When it began to measure at that point.</param>
public sealed record PlacedLogger(int LocationId, DateTimeOffset FromUtc);
