using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Duty;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications;

/// <summary>Lets users whom the portal tells of alarms choose their quiet hours.</summary>
internal sealed class OwnQuietHours(
    WriteGate gate, AuditTrail audit, NotificationDirectory directory, LiveFeed feed, DispatcherBell bell)
{
    /// <summary>Whether somebody is told of alarms, and in which quiet hours warnings wait.</summary>
    public (bool IsTold, QuietHours? Quiet) Of(string email) =>
        directory.Book.People.TryGetValue(email, out var person) ? (true, person.Quiet) : (false, null);

    /// <summary>Changes them.</summary>
    /// <param name="actor">The user, whose name is their address.</param>
    /// <param name="seen">What they were when the user began.</param>
    /// <param name="wanted">What they are to be; null for none.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<OwnQuietOutcome> ChangeAsync(
        Actor actor, QuietHours? seen, QuietHours? wanted, CancellationToken cancellationToken = default)
    {
        var outcome = await gate.WriteAsync(db => ChangeAsync(db, actor, seen, wanted, cancellationToken), cancellationToken);
        await directory.ReloadAsync(cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Notifications));
        bell.Ring();
        return outcome;
    }

    private async Task<OwnQuietOutcome> ChangeAsync(
        PortalDbContext db, Actor actor, QuietHours? seen, QuietHours? wanted, CancellationToken cancellationToken)
    {
        var row = (await db.NotificationRecipients.ToListAsync(cancellationToken))
            .Find(r => string.Equals(r.Address, actor.Name, StringComparison.OrdinalIgnoreCase));
        if (row is null)
        {
            return OwnQuietOutcome.NotTold;
        }

        if (row.Quiet != seen)
        {
            return OwnQuietOutcome.ChangedMeanwhile;
        }

        if (row.Quiet != wanted)
        {
            var old = NotificationInWords.Of(row);
            row.Quiet = wanted;
            await audit.AddAsync(
                db, actor, new AuditNote(NotificationAudit.Changed, $"person {row.Address}", old, NotificationInWords.Of(row)),
                cancellationToken);
        }

        return OwnQuietOutcome.Done;
    }
}

/// <summary>What came of a change of quiet hours.</summary>
internal enum OwnQuietOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>The portal does not tell this person of alarms any more.</summary>
    NotTold,

    /// <summary>Somebody else has changed them.</summary>
    ChangedMeanwhile,
}
