using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules;

/// <summary>The rules in memory. They are loaded at the start and after each change; <see cref="LiveTopic.Rules"/> tells of it.</summary>
internal sealed class RuleDirectory(IDbContextFactory<PortalDbContext> database, LiveFeed feed) : IDisposable
{
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile RuleBook _book = new(0, [], []);

    /// <summary>The rules as they are now.</summary>
    public RuleBook Book => _book;

    /// <summary>Loads the rules anew. To be called after the commit of a change.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // Reloads run one at a time. Otherwise an older result could replace a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            _book = new RuleBook(
                _book.Number + 1,
                await db.AlarmRules.AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancellationToken),
                await db.PointPlaces.AsNoTracking().OrderBy(p => p.PointId).ThenBy(p => p.FromMs).ToListAsync(cancellationToken));
        }
        finally
        {
            _reload.Release();
        }

        feed.Publish(new LiveKey(LiveTopic.Rules));
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();
}
