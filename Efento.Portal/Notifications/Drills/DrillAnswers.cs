using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Answering;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Drills;

/// <summary>Lets people confirm with the link of a message that they read it. Opening the link changes nothing.</summary>
internal sealed class DrillAnswers(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, DrillLinks links, NotificationDirectory directory,
    PeopleDirectory people, SignInLocks locks, LiveFeed feed, TimeProvider time)
{
    /// <summary>What a link is good for now.</summary>
    /// <param name="code">The code of the link.</param>
    /// <param name="from">The IP address of whoever opens it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<DrillSheet> OpenAsync(string code, string from, CancellationToken cancellationToken = default)
    {
        var sender = SignInLocks.SenderOf(from);
        if (locks.Until(AlarmAnswers.LockName, sender) is not null)
        {
            return new(DrillLinkState.Locked);
        }

        if (links.Read(code) is not { } pass)
        {
            locks.Fail(AlarmAnswers.LockName, sender);
            return new(DrillLinkState.Unknown);
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await SheetOfAsync(db, pass, cancellationToken);
    }

    /// <summary>Confirms.</summary>
    /// <returns>What the link is good for now.</returns>
    public async Task<DrillSheet> ConfirmAsync(string code, string from, CancellationToken cancellationToken = default)
    {
        var sheet = await OpenAsync(code, from, cancellationToken);
        if (sheet.State is not DrillLinkState.Open || links.Read(code) is not { } pass)
        {
            return sheet;
        }

        await gate.WriteAsync(db => ConfirmAsync(db, pass, from, cancellationToken), cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Delivery));
        return await OpenAsync(code, from, cancellationToken);
    }

    private async Task ConfirmAsync(PortalDbContext db, DrillPass pass, string from, CancellationToken cancellationToken)
    {
        // Somebody may have pressed the button twice, or the drill may have ended meanwhile.
        if ((await SheetOfAsync(db, pass, cancellationToken)).State is not DrillLinkState.Open)
        {
            return;
        }

        var now = time.GetUtcNow();
        db.DrillConfirmations.Add(new()
        {
            DrillId = pass.DrillId,
            Channel = pass.Target.Channel,
            Address = pass.Target.Address,
            AtUtc = now,
            From = from,
        });
        var note = new AuditNote(DrillAudit.Confirmed, $"drill {pass.DrillId}", New: $"through {pass.Target.Channel}");
        await audit.AddAsync(db, new Actor(ActorKind.Link, pass.Name, from), note, cancellationToken);
    }

    private async Task<DrillSheet> SheetOfAsync(PortalDbContext db, DrillPass pass, CancellationToken cancellationToken)
    {
        var reader = await ReaderOfAsync(db, pass, cancellationToken);
        var drill = await db.Drills.AsNoTracking().SingleOrDefaultAsync(d => d.Id == pass.DrillId, cancellationToken);

        // After a restore, another drill may have the same number: it was started after the link was made.
        if (drill is null || drill.StartedUtc > pass.IssuedUtc)
        {
            return new(DrillLinkState.Over, reader);
        }

        var (channel, address) = (pass.Target.Channel, pass.Target.Address);
        var confirmed = await db.DrillConfirmations.AsNoTracking()
            .Where(c => c.DrillId == drill.Id && c.Channel == channel && c.Address == address)
            .OrderBy(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        return confirmed is not null ? new(DrillLinkState.Confirmed, reader, drill, pass.Name, confirmed.AtUtc)
            : drill.IsOn ? new(DrillLinkState.Open, reader, drill, pass.Name)
            : new(DrillLinkState.Over, reader);
    }

    private async Task<Reader> ReaderOfAsync(PortalDbContext db, DrillPass pass, CancellationToken cancellationToken)
    {
        var address = pass.Target.Address ?? "";
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        return Reader.Of(
            directory.Book.People.GetValueOrDefault(address), people.PreferencesOf(accounts.GetValueOrDefault(address)?.Id), people.Site);
    }
}

/// <summary>What somebody with the link of a drill may know.</summary>
/// <param name="State">Whether they can confirm, or why not.</param>
/// <param name="Reader">How they read; null if the link is not one of this portal.</param>
/// <param name="Drill">The drill; null if they may know nothing of it.</param>
/// <param name="Name">Who they are; null if they may know nothing.</param>
/// <param name="ConfirmedUtc">When they confirmed; null if they did not.</param>
public sealed record DrillSheet(
    DrillLinkState State, Reader? Reader = null, Drill? Drill = null, string? Name = null, DateTimeOffset? ConfirmedUtc = null);

/// <summary>What a link of a drill is good for.</summary>
public enum DrillLinkState
{
    /// <summary>Its reader can confirm.</summary>
    Open,

    /// <summary>They have confirmed.</summary>
    Confirmed,

    /// <summary>The drill is over.</summary>
    Over,

    /// <summary>The portal did not make this link.</summary>
    Unknown,

    /// <summary>Links were guessed from this address.</summary>
    Locked,
}
