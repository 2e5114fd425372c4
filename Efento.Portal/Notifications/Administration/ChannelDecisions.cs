using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Administration;

/// <summary>
/// Makes, changes and removes channels one by one, and switches them off and on. A channel is given as in notifications.json, so that the
/// same is checked there and here.
/// </summary>
internal sealed class ChannelDecisions(
    WriteGate gate, AuditTrail audit, ChannelVault vault, NotificationDirectory directory, HealthNotes health, DispatcherBell bell,
    TimeProvider time)
{
    /// <summary>Makes a channel, or changes one.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">The channel as it was seen; null for a new one.</param>
    /// <param name="channel">The channel as an object of notifications.json. A secret that it does not mention stays.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<ChannelOutcome> SaveAsync(
        Actor actor, SeenChannel? seen, JsonElement channel, CancellationToken cancellationToken = default)
    {
        List<NotificationFault> faults = [];
        var draft = new ChannelReader(Environment.GetEnvironmentVariable, faults.Add).Read(channel, "");
        return draft is null || faults.Count > 0
            ? Task.FromResult(new ChannelOutcome(faults))
            : ChangeAsync(actor, (db, writer) => SaveAsync(db, writer, seen, draft, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a channel through which no chain and nobody sends.</summary>
    public Task<ChannelOutcome> RemoveAsync(Actor actor, SeenChannel seen, CancellationToken cancellationToken = default) => ChangeAsync(
        actor,
        async (db, writer) =>
        {
            if (await FindAsync(db, seen, cancellationToken) is not { } row)
            {
                return ChannelOutcome.ChangedMeanwhile;
            }

            if (await UserOfAsync(db, row.Key, cancellationToken) is { } user)
            {
                return new([new(NotificationFaultKind.ChannelUsed, "", user)]);
            }

            await writer.RemoveAsync(row, cancellationToken);
            return ChannelOutcome.Done;
        },
        cancellationToken);

    /// <summary>Switches a channel off, or on again: what waits for it is then due at once.</summary>
    public async Task<ChannelOutcome> SwitchAsync(
        Actor actor, SeenChannel seen, bool isOn, CancellationToken cancellationToken = default)
    {
        var its = await gate.WriteAsync(
            db => SwitchAsync(db, actor, seen, isOn, cancellationToken), health.Committed, cancellationToken);
        await directory.ReloadAsync(CancellationToken.None);
        bell.Ring();
        return its is null ? ChannelOutcome.ChangedMeanwhile : ChannelOutcome.Done;
    }

    private static async Task<NotificationChannel?> FindAsync(PortalDbContext db, SeenChannel seen, CancellationToken cancellationToken) =>
        await db.NotificationChannels.SingleOrDefaultAsync(c => c.Id == seen.Id && c.Version == seen.Version, cancellationToken);

    private static async Task<ChannelOutcome> SaveAsync(
        PortalDbContext db, ChannelWriter writer, SeenChannel? seen, ChannelDraft draft, CancellationToken cancellationToken)
    {
        var (key, kind) = (draft.Settings.Key, draft.Settings.Kind);
        var row = seen is null ? null : await FindAsync(db, seen, cancellationToken);
        if (seen is not null && (row?.Key != key || row.Kind != kind))
        {
            return ChannelOutcome.ChangedMeanwhile;
        }

        if (row is null && await db.NotificationChannels.AnyAsync(c => c.Key == key, cancellationToken))
        {
            return new([new(NotificationFaultKind.KeyTwice, "key", key)]);
        }

        await writer.TakeAsync(draft, row, cancellationToken);
        return ChannelOutcome.Done;
    }

    /// <summary>The first chain or person that names a channel; null if none does.</summary>
    private static async Task<string?> UserOfAsync(PortalDbContext db, string key, CancellationToken cancellationToken)
    {
        var chains = await db.NotificationChains.AsNoTracking().OrderBy(c => c.Key).ToListAsync(cancellationToken);
        var people = await db.NotificationRecipients.AsNoTracking().OrderBy(r => r.Address).ToListAsync(cancellationToken);
        return chains.Find(c => c.Steps.All.Any(s => s.Channels.Contains(key)))?.Key
            ?? people.Find(r => r.ChannelKeys.Contains(key))?.Address;
    }

    private async Task<ChannelHealth?> SwitchAsync(
        PortalDbContext db, Actor actor, SeenChannel seen, bool isOn, CancellationToken cancellationToken)
    {
        var row = await FindAsync(db, seen, cancellationToken);
        var its = row is null ? null : await HealthNotes.OfAsync(db, row.Key, cancellationToken);
        if (row is null || its is null || its.OffUtc is null == isOn)
        {
            return null;
        }

        var now = time.GetUtcNow();
        row.Version++;
        if (isOn)
        {
            await DeliveryQueue.GiveUpAsync(db, now, cancellationToken);
            (its.OffUtc, its.OffBy, its.OnUtc, its.PausedUntilUtc) = (null, null, now, null);
            await ChannelWriter.HurryAsync(db, row.Key, now, cancellationToken);
        }
        else
        {
            (its.OffUtc, its.OffBy) = (now, actor.Name);
        }

        var action = isOn ? NotificationAudit.SwitchedOn : NotificationAudit.SwitchedOff;
        await audit.AddAsync(db, actor, new AuditNote(action, ChannelWriter.SubjectOf(row.Key)), cancellationToken);
        return its;
    }

    private async Task<ChannelOutcome> ChangeAsync(
        Actor actor, Func<PortalDbContext, ChannelWriter, Task<ChannelOutcome>> change, CancellationToken cancellationToken)
    {
        var outcome = await gate.WriteAsync(
            async db =>
            {
                List<NotificationFault> faults = [];
                List<NotificationChange> changes = [];
                var result = await change(db, new ChannelWriter(db, vault, time, faults, changes));
                await audit.AddAsync(
                    db, actor, [.. changes.Select(c => new AuditNote(c.Action, c.Subject, c.Old, c.New))], cancellationToken);
                return faults.Count > 0 ? new ChannelOutcome(faults) : result;
            },
            cancellationToken);
        await directory.ReloadAsync(CancellationToken.None);
        bell.Ring();
        return outcome;
    }
}
