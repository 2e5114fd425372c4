using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Timeline;

/// <summary>
/// Writes, changes and deletes notes of measuring points. Only its author and administrators may change a note. The note and its audit
/// entry are written together; then the pages are updated.
/// </summary>
internal sealed class NoteService(WriteGate gate, AuditTrail audit, LiveFeed feed, TimeProvider time)
{
    /// <summary>Writes a note at a point. To a user who may not see it, the point does not exist.</summary>
    public Task<NoteOutcome> WriteAsync(
        SiteScope scope, Actor actor, int pointId, NoteDraft draft, CancellationToken cancellationToken = default)
    {
        draft = draft with { Text = draft.Text.Trim() };
        return Fault(draft) is { } fault ? Task.FromResult(fault) : ChangeAsync(
            db => db.MeasuringPoints.FirstOrDefaultAsync(p => p.Id == pointId, cancellationToken),
            scope,
            async (db, point) =>
            {
                db.PointNotes.Add(new PointNote
                {
                    PointId = point.Id,
                    AtUtc = draft.AtUtc,
                    Text = draft.Text,
                    WrittenBy = actor.Name,
                    WriterId = actor.UserId,
                    WrittenUtc = time.GetUtcNow(),
                });
                await audit.AddAsync(
                    db, actor, new AuditNote("note written", PointDecisions.Subject(point), New: InWords(draft.AtUtc, draft.Text)),
                    cancellationToken);
                return NoteOutcome.Done;
            },
            cancellationToken);
    }

    /// <summary>Changes the text or time of a note.</summary>
    public Task<NoteOutcome> ChangeAsync(
        SiteScope scope, Actor actor, Seen seen, NoteDraft draft, CancellationToken cancellationToken = default)
    {
        draft = draft with { Text = draft.Text.Trim() };
        return Fault(draft) is { } fault ? Task.FromResult(fault) : OfNoteAsync(
            scope,
            actor,
            seen,
            async (db, point, note) =>
            {
                if ((note.AtUtc, note.Text) == (draft.AtUtc, draft.Text))
                {
                    return;
                }

                var old = InWords(note.AtUtc, note.Text);
                (note.AtUtc, note.Text, note.ChangedUtc) = (draft.AtUtc, draft.Text, time.GetUtcNow());
                note.Version++;
                await audit.AddAsync(
                    db, actor, new AuditNote("note changed", PointDecisions.Subject(point), old, InWords(draft.AtUtc, draft.Text)),
                    cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Deletes a note; the audit trail keeps its text.</summary>
    public Task<NoteOutcome> DeleteAsync(SiteScope scope, Actor actor, Seen seen, CancellationToken cancellationToken = default) =>
        OfNoteAsync(
        scope,
        actor,
        seen,
        async (db, point, note) =>
        {
            db.PointNotes.Remove(note);
            await audit.AddAsync(
                db, actor, new AuditNote("note deleted", PointDecisions.Subject(point), InWords(note.AtUtc, note.Text)), cancellationToken);
        },
        cancellationToken);

    private NoteOutcome? Fault(NoteDraft draft) =>
        draft.Text.Length == 0 ? NoteOutcome.TextMissing
        : draft.Text.Length > PointNote.MostLetters ? NoteOutcome.TooLong
        : draft.AtUtc > time.GetUtcNow() ? NoteOutcome.TimeAhead
        : null;

    private async Task<NoteOutcome> OfNoteAsync(
        SiteScope scope, Actor actor, Seen seen, Func<PortalDbContext, MeasuringPoint, PointNote, Task> change,
        CancellationToken cancellationToken)
    {
        PointNote? note = null;
        return await ChangeAsync(
            async db =>
            {
                note = await db.PointNotes.FirstOrDefaultAsync(n => n.Id == seen.Id && n.Version == seen.Version, cancellationToken);
                return note is null ? null : await db.MeasuringPoints.FirstAsync(p => p.Id == note.PointId, cancellationToken);
            },
            scope,
            async (db, point) =>
            {
                if (!await MayChangeAsync(db, actor, note!, cancellationToken))
                {
                    return NoteOutcome.NotTheirs;
                }

                await change(db, point, note!);
                return NoteOutcome.Done;
            },
            cancellationToken);
    }

    private async Task<NoteOutcome> ChangeAsync(
        Func<PortalDbContext, Task<MeasuringPoint?>> find, SiteScope scope, Func<PortalDbContext, MeasuringPoint, Task<NoteOutcome>> change,
        CancellationToken cancellationToken)
    {
        List<int> loggers = [];
        var outcome = await gate.WriteAsync(
            async db =>
            {
                if (await find(db) is not { } point || !scope.SeesLocation(point.LocationId))
                {
                    return NoteOutcome.ChangedMeanwhile;
                }

                // Pages of a point subscribe to the loggers that measured there.
                loggers = await db.LoggerAssignments.Where(a => a.PointId == point.Id)
                    .OrderByDescending(a => a.FromUtc)
                    .Select(a => a.LoggerId)
                    .Take(1)
                    .ToListAsync(cancellationToken);
                return await change(db, point);
            },
            cancellationToken);
        loggers.ForEach(id => feed.Publish(new LiveKey(LiveTopic.Logger, id)));
        return outcome;
    }

    /// <summary>Whether an actor may change a note: its author, an administrator, or a command on the portal's machine.</summary>
    private static async Task<bool> MayChangeAsync(PortalDbContext db, Actor actor, PointNote note, CancellationToken cancellationToken) =>
        actor.UserId is not { } id
            ? actor.Kind is ActorKind.Command
            : note.WriterId == id || await db.Users.AnyAsync(u => u.Id == id && u.Role == Role.Administrator, cancellationToken);

    private static string InWords(DateTimeOffset atUtc, string text) => $"{atUtc.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {text}";
}
