using System.Collections.Concurrent;
using Efento.Portal.Alarms.Standing;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Health;

/// <summary>How the channels fare, in memory. Changed after each commit. Thread-safe.</summary>
internal sealed class ChannelBoard(IDbContextFactory<PortalDbContext> database) : IFailingChannels
{
    private readonly ConcurrentDictionary<string, ChannelHealth> _all = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<FailingChannel> Failing =>
    [
        .. from its in _all.Values
           where ChannelRules.IsAlarm(its)
           orderby its.Key
           select new FailingChannel(its.Key, its.FailingSinceUtc ?? its.OffUtc!.Value),
    ];

    /// <summary>How a channel fares; null if nothing is known of it. Not to be changed.</summary>
    public ChannelHealth? Of(string key) => _all.GetValueOrDefault(key);

    /// <summary>Loads everything.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        foreach (var its in await db.ChannelHealths.AsNoTracking().ToListAsync(cancellationToken))
        {
            Put(its);
        }
    }

    /// <summary>Takes what was committed. The caller must not change it afterwards.</summary>
    public void Put(ChannelHealth its) => _all[its.Key] = its;

    /// <summary>Forgets channels that were removed.</summary>
    public void ForgetAllBut(IReadOnlyCollection<string> keys)
    {
        foreach (var gone in _all.Keys.Except(keys, StringComparer.Ordinal))
        {
            _all.TryRemove(gone, out _);
        }
    }
}
