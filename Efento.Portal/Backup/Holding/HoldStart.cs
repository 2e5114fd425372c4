using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Backup.Holding;

/// <summary>
/// Finds out at the start whether the database was restored or copied. If so, all people are signed out, and nothing is sent: the portal it
/// came from may have sent it, or may be running still.
/// </summary>
internal sealed partial class HoldStart(
    WriteGate gate, DataDirectory directory, AuditTrail audit, SendHold hold, TimeProvider time, ILogger<HoldStart> log)
{
    /// <summary>Looks. Call it when the database is up to date, and before the sessions are loaded.</summary>
    public async Task LookAsync()
    {
        var (marker, born) = (RestoreMarker.ReadFrom(directory), FileStat.Of(directory[BackupPaths.Database])?.BornNs ?? 0);
        var place = await gate.WriteAsync(db => LookAsync(db, marker, born));
        RestoreMarker.DeleteFrom(directory);
        hold.Begin(place);
        if (place.HeldUtc is { } since)
        {
            LogHeld(log, since, place.Reason);
        }
    }

    private async Task<PortalPlace> LookAsync(PortalDbContext db, RestoreMarker? marker, long born)
    {
        var place = await db.PortalPlaces.SingleOrDefaultAsync();
        HoldReason? reason = marker is not null ? HoldReason.Restored
            : place is { BornNs: not 0 } && born != 0 && place.BornNs != born ? HoldReason.Copied
            : null;
        if (place is null)
        {
            place = new() { BornNs = born };
            db.PortalPlaces.Add(place);
        }

        place.BornNs = born;
        if (reason is { } its)
        {
            await HoldAsync(db, place, its, marker);
        }

        return place;
    }

    private async Task HoldAsync(PortalDbContext db, PortalPlace place, HoldReason reason, RestoreMarker? marker)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var last = await db.AuditEntries.MaxAsync(e => (long?)e.AtMs) ?? 0;
        (place.HeldUtc, place.Reason) = (now, reason);
        place.StateUtc = marker?.MadeUtc ?? DateTimeOffset.FromUnixTimeMilliseconds(last);
        var sessions = await db.Sessions.Where(s => s.EndedUtc == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedUtc, now));
        var what = reason is HoldReason.Restored ? "portal restored" : "portal copied";
        var note = new AuditNote(what, marker?.Backup ?? BackupPaths.Database, New: $"nothing is sent; sessions ended: {sessions}");
        await audit.AddAsync(db, Actor.Portal, note);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is sent since {Since:u}, because the database was {Reason}. Say whether to send or drop what waits: Admin, Backup, or the commands \"held send\" and \"held drop\"")]
    private static partial void LogHeld(ILogger log, DateTimeOffset since, HoldReason? reason);
}
