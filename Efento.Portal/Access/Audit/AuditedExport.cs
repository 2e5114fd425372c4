using Efento.Portal.Data;

namespace Efento.Portal.Access.Audit;

/// <summary>Marks a download whose every use gets an entry in the audit trail.</summary>
/// <param name="What">What is downloaded, such as "audit trail".</param>
internal sealed record AuditedExport(string What);

/// <summary>Writes the entry before the download begins. Without the entry there is no download.</summary>
internal static class AuditedExports
{
    /// <summary>Gives each use of a download an entry in the audit trail.</summary>
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
            db => services.GetRequiredService<AuditTrail>().AddAsync(db, RequestActor.Of(context), note, context.RequestAborted),
            context.RequestAborted);
    }
}
