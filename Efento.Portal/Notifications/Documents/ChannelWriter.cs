using System.Text.Json;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>Makes, changes and removes channels within a transaction, for documents and for pages.</summary>
/// <param name="db">The writing context.</param>
/// <param name="vault">Encrypts the secrets.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="changes">Takes what was changed.</param>
internal sealed class ChannelWriter(
    PortalDbContext db, ChannelVault vault, TimeProvider time, List<NotificationFault> faults, List<NotificationChange> changes)
{
    /// <summary>Makes these the whole set.</summary>
    public async Task TakeAllAsync(IReadOnlyList<ChannelDraft> drafts, CancellationToken cancellationToken)
    {
        var rows = await db.NotificationChannels.ToDictionaryAsync(c => c.Key, cancellationToken);
        foreach (var draft in drafts)
        {
            rows.Remove(draft.Settings.Key, out var row);
            await TakeAsync(draft, row, cancellationToken);
        }

        foreach (var row in rows.Values)
        {
            await RemoveAsync(row, cancellationToken);
        }
    }

    /// <summary>Makes a channel, or changes the one that there is.</summary>
    /// <param name="draft">The channel as it shall be.</param>
    /// <param name="row">The channel as it is; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task TakeAsync(ChannelDraft draft, NotificationChannel? row, CancellationToken cancellationToken)
    {
        var known = row is null ? null : vault.Open(row);
        if (row is not null && known is null && draft.Given.Count == 0)
        {
            faults.Add(new(NotificationFaultKind.Undecryptable, draft.Path));
            return;
        }

        var (settings, fault) = draft.Over(known);
        if (fault is not null)
        {
            faults.Add(fault);
        }
        else if (row is null)
        {
            Add(settings);
        }
        else if (known is null || !AreEqual(settings, known))
        {
            await ChangeAsync(row, settings, cancellationToken);
        }
    }

    /// <summary>Removes a channel with all that is known of how it fared.</summary>
    public async Task RemoveAsync(NotificationChannel row, CancellationToken cancellationToken)
    {
        db.NotificationChannels.Remove(row);
        db.ChannelHealths.RemoveRange(await db.ChannelHealths.Where(h => h.Key == row.Key).ToListAsync(cancellationToken));
        changes.Add(new(NotificationChangeKind.Removed, SubjectOf(row.Key), NotificationInWords.Of(row), null));
    }

    /// <summary>How the audit trail names a channel.</summary>
    public static string SubjectOf(string key) => $"channel {key}";

    /// <summary>Makes due at once what waits for another attempt through a channel: something has changed about it.</summary>
    public static async Task HurryAsync(PortalDbContext db, string channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Deliveries
            .Where(d => d.Channel == channel && d.Attempts > 0 && d.State == DeliveryState.Queued && d.NextUtc > now)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextUtc, now), cancellationToken);
        await db.ChannelHealths.Where(h => h.Key == channel && h.PausedUntilUtc > now)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.PausedUntilUtc, (DateTimeOffset?)null), cancellationToken);
    }

    private void Add(ChannelSettings settings)
    {
        var row = new NotificationChannel { Key = settings.Key, Kind = settings.Kind, Settings = "" };
        vault.Store(settings, row);
        db.NotificationChannels.Add(row);
        changes.Add(new(NotificationChangeKind.Made, SubjectOf(row.Key), null, NotificationInWords.Of(row)));
    }

    private async Task ChangeAsync(NotificationChannel row, ChannelSettings settings, CancellationToken cancellationToken)
    {
        var old = NotificationInWords.Of(row);
        vault.Store(settings, row);
        row.Version++;
        await HurryAsync(db, row.Key, time.GetUtcNow(), cancellationToken);
        var now = NotificationInWords.Of(row);
        changes.Add(new(NotificationChangeKind.Changed, SubjectOf(row.Key), old, old == now ? $"{now}, other secrets" : now));
    }

    private static bool AreEqual(ChannelSettings one, ChannelSettings other) => TextOf(one) == TextOf(other);

    private static string TextOf(ChannelSettings its) => JsonSerializer.Serialize(
        its with { Headers = its.Headers.OrderBy(h => h.Key, StringComparer.Ordinal).ToDictionary() }, JsonSerializerOptions.Web);
}
