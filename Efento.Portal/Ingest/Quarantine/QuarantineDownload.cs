using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Downloads the raw bytes of a quarantined item exactly as received. The audit trail records each download.</summary>
internal sealed class QuarantineDownload(IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit)
{
    /// <summary>The route.</summary>
    public const string Route = "/downloads/quarantine/{id:int}";

    /// <summary>Sends the file; 404 if the item does not exist or was read again.</summary>
    public async Task<IResult> SendAsync(int id, HttpContext context)
    {
        await using var db = await database.CreateDbContextAsync(context.RequestAborted);
        var item = await db.QuarantineItems.AsNoTracking().SingleOrDefaultAsync(
            q => q.Id == id && q.ReadAgainMs == null, context.RequestAborted);
        if (item is null)
        {
            return Results.NotFound();
        }

        var note = new AuditNote(
            "quarantine downloaded", $"quarantine item {id}", $"{item.Reason}, SHA-256 {Convert.ToHexString(item.Hash)}");
        await gate.WriteAsync(
            write => audit.AddAsync(write, RequestActor.Of(context), note, context.RequestAborted), context.RequestAborted);

        // Anybody with a token may have sent this content, so a browser must neither show it nor guess its type.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(RawBytes.Open(item.Raw), "application/octet-stream", $"quarantine-{id}.txt");
    }
}
