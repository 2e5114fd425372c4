using System.Collections.Frozen;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Health;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications;

/// <summary>Channels, people, rotas and chains in memory, so that a site without any pays nothing. Reloaded after each change.</summary>
internal sealed class NotificationDirectory(
    IDbContextFactory<PortalDbContext> database, ChannelVault vault, ChannelBoard board, LiveFeed feed) : IDisposable
{
    private readonly SemaphoreSlim _reload = new(1, 1);
    private volatile NotificationBook _book = NotificationBook.Empty;

    /// <summary>What there is now.</summary>
    public NotificationBook Book => _book;

    /// <summary>Reloads everything.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken = default)
    {
        // Reloads run one at a time. Otherwise an older result could replace a newer one.
        await _reload.WaitAsync(cancellationToken);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellationToken);
            _book = new()
            {
                Channels = (await db.NotificationChannels.AsNoTracking().ToListAsync(cancellationToken))
                    .ToFrozenDictionary(c => c.Key, c => new OpenedChannel(c, vault.Open(c)), StringComparer.Ordinal),
                People = (await db.NotificationRecipients.AsNoTracking().ToListAsync(cancellationToken))
                    .ToFrozenDictionary(r => r.Address, StringComparer.OrdinalIgnoreCase),
                Rotas = (await db.NotificationRotas.AsNoTracking().ToListAsync(cancellationToken))
                    .ToFrozenDictionary(r => r.Key, StringComparer.Ordinal),
                Watching = await db.NotificationWatchings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } watching
                    ? new(watching, vault.Unseal(watching.CallAddress))
                    : null,
                Chains = await db.NotificationChains.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken),
            };
            board.ForgetAllBut(_book.Channels.Keys);
            feed.Publish(new LiveKey(LiveTopic.Channel));
        }
        finally
        {
            _reload.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reload.Dispose();
}
