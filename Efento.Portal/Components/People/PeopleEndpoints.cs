using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.Components.People;

/// <summary>Requests of pages outside their circuit: only an HTTP response can change a cookie.</summary>
internal static class PeopleEndpoints
{
    /// <summary>The target of the sign-out form.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>The path at which a page reports activity of its user (wwwroot-assets/src/activity.ts).</summary>
    public const string ActivePath = "/account/active";

    /// <summary>The path at which a page saves its theme (wwwroot-assets/src/preferences.ts).</summary>
    public const string ThemePath = "/account/theme";

    public static void MapPeople(this WebApplication app)
    {
        app.MapPost(SignOutPath, SignOutAsync).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.View);
        app.MapPost(ThemePath, KeepThemeAsync).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.View);
        app.MapPost(ActivePath, NoteActivity).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.View);
    }

    private static NoContent NoteActivity(HttpContext context, PeopleDirectory people)
    {
        if (PeopleAuthentication.KeyOf(context.User) is { } key)
        {
            people.NoteActivity(key);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, BadRequest>> KeepThemeAsync(HttpContext context, string choice, OwnPreferences preferences)
    {
        if (PageTheme.Of(choice) is not { } theme || PeopleAuthentication.UserIdOf(context.User) is not { } userId)
        {
            return TypedResults.BadRequest();
        }

        await preferences.ChangeAsync(userId, before => before with { Theme = theme }, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Results<RedirectHttpResult,
    ContentHttpResult>> SignOutAsync(HttpContext context, IAntiforgery forms, SignInService service, PeopleDirectory people)
    {
        if (!await forms.IsRequestValidAsync(context))
        {
            // The form was outdated. The page contains a new one.
            return TypedResults.LocalRedirect("~/account");
        }

        if (PeopleAuthentication.KeyOf(context.User) is { } key && people.Find(key) is { } signedIn)
        {
            var actor = new Actor(ActorKind.Person, signedIn.Person.Email, RequestActor.AddressOf(context), signedIn.Person.UserId);
            try
            {
                await service.EndAsync(actor, signedIn.SessionId, "signed out", context.RequestAborted);
            }
            catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
            {
                // The cookie is kept as well: it would be worse if the user seemed to be signed out while the session continues.
                return TypedResults.Text(
                    PeopleText.StillSignedIn(IngestWords.Of(fault)), statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }

        await context.SignOutAsync(PeopleAuthentication.Scheme);
        return TypedResults.LocalRedirect($"~{PeopleAuthentication.SignInPath}");
    }
}
