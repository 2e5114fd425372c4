using Efento.Portal.Access;
using Efento.Portal.Components.Layout;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.People;

/// <summary>What pages ask for outside their circuit: a cookie can only be changed by an answer of HTTP.</summary>
internal static class PeopleEndpoints
{
    /// <summary>Where the sign-out form leads.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>Where a page says that its person does something (wwwroot-assets/src/activity.ts).</summary>
    public const string ActivePath = "/account/active";

    /// <summary>Where the theme chosen in a page is kept (wwwroot-assets/src/preferences.ts).</summary>
    public const string ThemePath = "/account/theme";

    public static void MapPeople(this WebApplication app)
    {
        app.MapPost(SignOutPath, SignOutAsync).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.Look);
        app.MapPost(ThemePath, KeepThemeAsync).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.Look);
        app.MapPost(ActivePath, NoteActivity).ExcludeFromDescription().WithMetadata(new PageMark()).RequireAuthorization(Policies.Look);
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

    private static async Task<Results<RedirectHttpResult, BadRequest, ContentHttpResult>> SignOutAsync(HttpContext context, IAntiforgery forms, SignInDesk desk, PeopleDirectory people)
    {
        if (!await forms.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        if (PeopleAuthentication.KeyOf(context.User) is { } key && people.Find(key) is { } signedIn)
        {
            var actor = new Actor(ActorKind.Person, signedIn.Person.Email, RequestAddress.Of(context), signedIn.Person.UserId);
            try
            {
                await desk.EndAsync(actor, signedIn.SessionId, "signed out", context.RequestAborted);
            }
            catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
            {
                // The cookie stays too: to seem signed out while the session goes on would be worse.
                return TypedResults.Text(PeopleText.StillSignedIn(StoreHealth.InWords(database)), statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }

        await context.SignOutAsync(PeopleAuthentication.Scheme);
        return TypedResults.LocalRedirect($"~{PeopleAuthentication.SignInPath}");
    }
}
