using System.Security.Cryptography;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Channels.Push;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Push;

/// <summary>
/// The keys by which push services know the portal. They are made when somebody needs them first. If they can't be decrypted any more, new
/// ones are made, and all devices are removed with them: push services take messages for a device with the keys alone with which it was
/// added.
/// </summary>
internal sealed class PushKeys(
    IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>What the private key is encrypted for. With another name, the one that is stored could not be read any more.</summary>
    private const string Purpose = "Efento.Portal.Notifications.Push";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <summary>The keys.</summary>
    public async Task<VapidKeys> GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return Open(await db.PushIdentities.AsNoTracking().SingleOrDefaultAsync(cancellationToken))
            ?? await gate.WriteAsync(writing => MakeAsync(writing, cancellationToken), cancellationToken);
    }

    private async Task<VapidKeys> MakeAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.PushIdentities.SingleOrDefaultAsync(cancellationToken);
        if (Open(row) is { } known)
        {
            return known;
        }

        var keys = VapidKeys.Make();
        if (row is null)
        {
            row = new() { PublicKey = "", PrivateKey = "", MadeUtc = default };
            db.PushIdentities.Add(row);
        }

        (row.PublicKey, row.PrivateKey, row.MadeUtc) = (keys.Public, _protector.Protect(keys.Private), time.GetUtcNow());
        var devices = await db.PushDevices.ExecuteDeleteAsync(cancellationToken);
        var reason = devices > 0 ? $"devices removed: {devices}" : null;
        var note = new AuditNote(PushAudit.KeysMade, "Web Push", New: keys.Public, Reason: reason);
        await audit.AddAsync(db, Actor.Portal, note, cancellationToken);
        return keys;
    }

    private VapidKeys? Open(PushIdentity? row)
    {
        if (row is null)
        {
            return null;
        }

        try
        {
            return new(row.PublicKey, _protector.Unprotect(row.PrivateKey));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
