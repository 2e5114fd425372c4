using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Data;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Transport;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>
/// The page of a link of a drill. As with links to acknowledge, only a POST acts, and the code proves that the form is genuine.
/// </summary>
internal static class DrillEndpoints
{
    private const string Path = $"/{DrillLinks.Path}/{{code}}";

    public static void MapDrills(this WebApplication app)
    {
        app.MapGet(Path, ShowAsync).ExcludeFromDescription().WithMetadata(new NoReferrer()).AllowAnonymous();
        app.MapPost(Path, ConfirmAsync).ExcludeFromDescription().WithMetadata(new NoReferrer()).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string code, DrillAnswers answers) =>
        new DrillResult(await answers.OpenAsync(code, RequestActor.AddressOf(context) ?? "", context.RequestAborted));

    private static async Task<IResult> ConfirmAsync(HttpContext context, string code, DrillAnswers answers)
    {
        var from = RequestActor.AddressOf(context) ?? "";
        try
        {
            var sheet = await answers.ConfirmAsync(code, from, CancellationToken.None);
            return sheet.State is DrillLinkState.Confirmed ? SeeOther(context) : new DrillResult(sheet);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is not null)
        {
            return new DrillResult(await answers.OpenAsync(code, from, CancellationToken.None), isPrevented: true);
        }
    }

    /// <summary>The page again, which says that it is confirmed: loading it anew sends nothing.</summary>
    private static IResult SeeOther(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
