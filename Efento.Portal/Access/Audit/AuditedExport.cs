using System.Net;
using Efento.Portal.Data;

namespace Efento.Portal.Access.Audit;

/// <summary>Marks a download whose every use stands in the audit trail.</summary>
/// <param name="What">What is taken away, such as "audit trail".</param>
public sealed record AuditedExport(string What);

/// <summary>Writes who takes data away, before they get it: without the entry there is no download.</summary>
public static class AuditedExports
{
    /// <summary>Makes each use of a download an entry of the audit trail.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder download, string what) => download
        .WithMetadata(new AuditedExport(what))
        .AddEndpointFilter(async (call, next) =>
        {
            await NoteAsync(call.HttpContext, what);
            return await next(call);
        });

    private static async Task NoteAsync(HttpContext context, string what)
    {
        var services = context.RequestServices;
        var note = new AuditNote("exported", what, New: $"{context.Request.Path}{context.Request.QueryString}");
        await services.GetRequiredService<WriteGate>().WriteAsync(
            db => services.GetRequiredService<AuditTrail>().AddAsync(db, ActorOf(context), note, context.RequestAborted),
            context.RequestAborted);
    }

    private static Actor ActorOf(HttpContext context) => new(
        ActorKind.Person, context.User.Identity?.Name ?? "", AddressOf(context.Connection.RemoteIpAddress), PeopleAuthentication.UserIdOf(context.User));

    private static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
