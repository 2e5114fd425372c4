using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Administration;

/// <summary>
/// Sends marked messages through channels, so that an administrator sees what both sides say. One that gets through counts as any other:
/// the channel works, and what waits for it is due at once.
/// </summary>
internal sealed class ChannelProbe(
    WriteGate gate, AuditTrail audit, ChannelVault vault, ChannelSenders senders, TestMessages messages, HealthNotes health,
    DispatcherBell bell, TimeProvider time)
{
    /// <summary>Sends a message.</summary>
    /// <param name="actor">Who tests.</param>
    /// <param name="seen">The channel.</param>
    /// <param name="recipient">Whom it goes to, for channels that need somebody; else null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What became of it; null if the channel was changed or removed in the meantime.</returns>
    public async Task<SendResult?> SendAsync(
        Actor actor, SeenChannel seen, string? recipient, CancellationToken cancellationToken = default)
    {
        if (await NoteAsync(actor, seen, recipient, cancellationToken) is not { } row)
        {
            return null;
        }

        if (vault.Open(row) is not { } settings)
        {
            return new(SendOutcome.TryAgain, NotificationFaultText.Undecryptable, []);
        }

        var result = await senders.SendAsync(settings, messages.Write(actor, recipient), cancellationToken);
        if (result.Outcome is SendOutcome.Accepted)
        {
            await gate.WriteAsync(
                async db =>
                {
                    await ChannelWriter.HurryAsync(db, row.Key, time.GetUtcNow(), CancellationToken.None);
                    return await health.TakeAsync(db, row.Key, result, CancellationToken.None);
                },
                health.Committed, CancellationToken.None);
            bell.Ring();
        }

        return result;
    }

    /// <summary>Notes that it is tested, before anything leaves the portal.</summary>
    private async Task<NotificationChannel?> NoteAsync(
        Actor actor, SeenChannel seen, string? recipient, CancellationToken cancellationToken)
    {
        NotificationChannel? row = null;
        await gate.WriteAsync<ChannelHealth?>(
            async db =>
            {
                row = await db.NotificationChannels.AsNoTracking()
                    .SingleOrDefaultAsync(c => c.Id == seen.Id && c.Version == seen.Version, cancellationToken);
                if (row is null)
                {
                    return null;
                }

                var its = await HealthNotes.OfAsync(db, row.Key, cancellationToken);
                (its.TestedUtc, its.TestedBy) = (time.GetUtcNow(), actor.Name);
                await audit.AddAsync(
                    db,
                    actor,
                    new AuditNote(NotificationAudit.Tested, ChannelWriter.SubjectOf(row.Key), New: recipient),
                    cancellationToken);
                return its;
            },
            health.Committed, cancellationToken);
        return row;
    }
}
