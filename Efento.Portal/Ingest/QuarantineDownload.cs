using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Ingest;

/// <summary>The raw bytes of an item of the quarantine as a file, exactly as they came; noted in the audit trail.</summary>
internal sealed class QuarantineDownload(IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit)
{
    /// <summary>The route.</summary>
    public const string Route = "/downloads/quarantine/{id:int}";

    /// <summary>Sends the file; 404 if there is no such item or it was read again.</summary>
    public async Task<IResult> SendAsync(int id, HttpContext context)
    {
        await using var db = await database.CreateDbContextAsync(context.RequestAborted);
        var item = await db.QuarantineItems.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id && q.ReadAgainMs == null, context.RequestAborted);
        if (item is null)
        {
            return Results.NotFound();
        }

        var note = new AuditNote("quarantine downloaded", $"quarantine item {id}", $"{item.Reason}, SHA-256 {Convert.ToHexString(item.Hash)}");
        await gate.WriteAsync(write => audit.AddAsync(write, ActorOf(context), note, context.RequestAborted), context.RequestAborted);

        // A browser shall neither show it nor guess what it is: anybody with a token may have sent anything.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(Quarantine.Open(item.Raw), "application/octet-stream", $"quarantine-{id}.txt");
    }

    private static Actor ActorOf(HttpContext context) => new(
        ActorKind.Person,
        context.User.FindFirstValue(ClaimTypes.Name)!,
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : context.Connection.RemoteIpAddress?.ToString(),
        PeopleAuthentication.UserIdOf(context.User));
}
