using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices.Administration;

/// <summary>Changes the name and the note of a gateway.</summary>
internal sealed class GatewayNaming(WriteGate gate, AuditTrail audit, LoggerRoster roster, LiveFeed feed)
{
    /// <summary>The most letters of a name.</summary>
    public const int MostLetters = 100;

    /// <summary>The most letters of a note.</summary>
    public const int MostLettersOfNote = 1_000;

    /// <summary>
    /// Gives a gateway a name, and a note if there is one. A user limited to some locations can't rename gateways: they don't see notes,
    /// which may mention other locations, and so must not overwrite them. Their attempt ends as
    /// <see cref="GatewayOutcome.ChangedMeanwhile"/>.
    /// </summary>
    /// <param name="scope">What the user may see.</param>
    /// <param name="actor">Who names it.</param>
    /// <param name="seen">The gateway as the user saw it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="note">Its note; null or blank for none.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<GatewayOutcome> RenameAsync(
        SiteScope scope, Actor actor, Seen seen, string name, string? note, CancellationToken cancellationToken = default)
    {
        (name, note) = (name.Trim(), string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        if (name.Length == 0)
        {
            return GatewayOutcome.NameMissing;
        }

        if (name.Length > MostLetters || note?.Length > MostLettersOfNote)
        {
            return GatewayOutcome.TooLong;
        }

        var outcome = await gate.WriteAsync(
            async db =>
            {
                var gateway = await db.Gateways.FirstOrDefaultAsync(g => g.Id == seen.Id, cancellationToken);
                if (gateway is null || gateway.Version != seen.Version || scope.IsLimited)
                {
                    return GatewayOutcome.ChangedMeanwhile;
                }

                await ChangeAsync(db, actor, gateway, name, note, cancellationToken);
                return GatewayOutcome.Done;
            },
            cancellationToken);
        feed.Publish(new LiveKey(LiveTopic.Gateway, seen.Id));
        roster.Changed();
        return outcome;
    }

    private async Task ChangeAsync(
        PortalDbContext db, Actor actor, Gateway gateway, string name, string? note, CancellationToken cancellationToken)
    {
        var subject = $"gateway {gateway.Id} {gateway.Name}";
        List<AuditNote> notes = [];
        if (gateway.Name != name)
        {
            notes.Add(new AuditNote("gateway renamed", subject, gateway.Name, name, null));
        }

        if (gateway.Note != note)
        {
            notes.Add(new AuditNote("gateway note changed", subject, gateway.Note, note, null));
        }

        if (notes.Count > 0)
        {
            (gateway.Name, gateway.Note) = (name, note);
            gateway.Version++;
        }

        await audit.AddAsync(db, actor, notes, cancellationToken);
    }
}

/// <summary>The outcome of a change to a gateway.</summary>
public enum GatewayOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>Somebody else changed it in the meantime; nothing was overwritten.</summary>
    ChangedMeanwhile,

    /// <summary>The name is empty.</summary>
    NameMissing,

    /// <summary>Name or note are longer than they may be.</summary>
    TooLong,
}
