using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>Remembers of which feeds Home Assistant was told, and where, so that they can be taken back later.</summary>
internal sealed class AnnouncedFeeds(IDbContextFactory<PortalDbContext> database, WriteGate gate)
{
    /// <summary>All that were not taken back.</summary>
    public async Task<IReadOnlyList<AnnouncedFeed>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.AnnouncedFeeds.AsNoTracking().OrderBy(f => f.Feed).ThenBy(f => f.Channel).ToListAsync(cancellationToken);
    }

    /// <summary>Remembers one, before anything of it is told.</summary>
    public async Task AddAsync(string feed, string channel, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await Of(db, feed, channel).AnyAsync(cancellationToken))
        {
            await gate.WriteAsync(
                writing =>
                {
                    writing.AnnouncedFeeds.Add(new() { Feed = feed, Channel = channel });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
    }

    /// <summary>Forgets one, once it was taken back.</summary>
    public async Task RemoveAsync(string feed, string channel, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await Of(db, feed, channel).AnyAsync(cancellationToken))
        {
            await gate.WriteAsync(writing => Of(writing, feed, channel).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    private static IQueryable<AnnouncedFeed> Of(PortalDbContext db, string feed, string channel) =>
        db.AnnouncedFeeds.Where(f => f.Feed == feed && f.Channel == channel);
}
