using System.Text;
using System.Text.Json.Nodes;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Documents;

/// <summary>All channels, people, rotas and chains as one document, out and in.</summary>
internal sealed class NotificationDocuments(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, ChannelVault vault, NotificationDirectory directory,
    LocationDirectory locations, LoggerRoster roster, LiveFeed feed, DispatcherBell bell, TimeProvider time)
{
    private const string Before = "before_notifications";

    /// <summary>Everything without secrets.</summary>
    public async Task<string> ExportAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await ExportAsync(db, cancellationToken);
    }

    /// <summary>Changes people, rotas and chains as if their document had been changed and imported. Channels stay as they are.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="change">Changes the document as it is at that moment.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public Task<NotificationOutcome> ChangeAsync(Actor actor, Action<JsonObject> change, CancellationToken cancellationToken = default) =>
        TakeAsync(
            async db =>
            {
                var document = JsonNode.Parse(await ExportAsync(db, cancellationToken))!.AsObject();
                change(document);
                var (draft, faults) = NotificationDocumentReader.Read(Encoding.UTF8.GetBytes(document.ToJsonString()), _ => null);

                // Secrets are not exported, so that channels look incomplete.
                var own = faults.Where(f => !f.Path.StartsWith("channels[", StringComparison.Ordinal)).ToList();
                return own.Count > 0
                    ? (new NotificationOutcome(own, [], []), false)
                    : await ImportAsync(db, actor, draft, isTrial: false, keepsChannels: true, cancellationToken);
            },
            isTrial: false,
            cancellationToken);

    /// <summary>Everything without secrets, as a transaction sees it.</summary>
    internal static async Task<string> ExportAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        NotificationDocument.Write(
            await db.NotificationChannels.AsNoTracking().ToListAsync(cancellationToken),
            await db.NotificationRecipients.AsNoTracking().ToListAsync(cancellationToken),
            await db.NotificationRotas.AsNoTracking().ToListAsync(cancellationToken),
            await db.NotificationChains.AsNoTracking().ToListAsync(cancellationToken),
            await db.NotificationWatchings.AsNoTracking().SingleOrDefaultAsync(cancellationToken),
            await DocumentPlaces.ReadAsync(db, cancellationToken));

    /// <summary>Makes a document the whole set.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="utf8">The document.</param>
    /// <param name="secrets">The variables of whoever asks; those of this process are asked next.</param>
    /// <param name="isTrial">Whether nothing is changed, only told what would be.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<NotificationOutcome> ImportAsync(
        Actor actor, ReadOnlyMemory<byte> utf8, IReadOnlyDictionary<string, string> secrets, bool isTrial,
        CancellationToken cancellationToken = default)
    {
        var (draft, faults) = NotificationDocumentReader.Read(
            utf8, name => secrets.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name));
        return faults.Count > 0
            ? new(faults, [], [])
            : await TakeAsync(
                db => ImportAsync(db, actor, draft, isTrial, keepsChannels: false, cancellationToken), isTrial, cancellationToken);
    }

    private async Task<NotificationOutcome> TakeAsync(
        Func<PortalDbContext, Task<(NotificationOutcome Outcome, bool HasMadePlaces)>> take, bool isTrial,
        CancellationToken cancellationToken)
    {
        var (outcome, hasMadePlaces) = await gate.WriteAsync(take, cancellationToken);
        if (hasMadePlaces)
        {
            await locations.ReloadAsync(cancellationToken);
            roster.Changed();
        }

        if (outcome is { IsDone: true, Changes.Count: > 0 } && !isTrial)
        {
            await directory.ReloadAsync(cancellationToken);
            feed.Publish(new LiveKey(LiveTopic.Notifications));
            bell.Ring();
        }

        return outcome;
    }

    private async Task<(NotificationOutcome Outcome, bool HasMadePlaces)> ImportAsync(
        PortalDbContext db, Actor actor, NotificationDraft draft, bool isTrial, bool keepsChannels,
        CancellationToken cancellationToken)
    {
        await db.Database.CurrentTransaction!.CreateSavepointAsync(Before, cancellationToken);
        var places = await RulePlaces.ReadAsync(db, cancellationToken);
        var writer = new NotificationWriter(db, vault, places, time);
        await writer.TakeAsync(draft, keepsChannels, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var outcome = new NotificationOutcome(
            writer.Faults, writer.Changes,
            await UnheardPeople.ReadAsync(db, new LocationTree(places.Locations), cancellationToken));
        if (!outcome.IsDone || isTrial)
        {
            db.ChangeTracker.Clear();
            await db.Database.CurrentTransaction!.RollbackToSavepointAsync(Before, cancellationToken);
            return (outcome, false);
        }

        await audit.AddAsync(
            db, actor, [.. writer.Changes.Select(c => new AuditNote(c.Action, c.Subject, c.Old, c.New))], cancellationToken);
        return (outcome, places.Made.Count > 0);
    }
}
