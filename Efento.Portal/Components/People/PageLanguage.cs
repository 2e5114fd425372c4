using Efento.Portal.Access;
using Efento.Portal.Texts;

namespace Efento.Portal.Components.People;

/// <summary>The language of a page: the user's choice, or else the site's language, or else one that the browser asks for.</summary>
internal static class PageLanguage
{
    /// <summary>The language as two letters.</summary>
    public static string Of(Preferences preferences, Site? site, IEnumerable<string> browser) =>
        preferences.Language ?? site?.Language ?? Languages.Of(browser);

    /// <summary>Sets the language of pages and circuits. Responses to gateways and programs are not affected.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // No endpoint: a mistyped address, for which an error page is shown.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<PageMark>() is not null)
        {
            var people = context.RequestServices.GetRequiredService<PeopleDirectory>();
            Languages.Use(Of(people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User)), people.Site, Wanted(context.Request)));
        }

        await next(context);
    }

    /// <summary>Sets the language of a page of nobody who is signed in. Not async: the language must be in effect for the caller.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The language of whoever reads it; null if that is not known.</param>
    public static void Use(HttpContext context, string? code) => Languages.Use(
        code ?? Of(Preferences.None, context.RequestServices.GetRequiredService<PeopleDirectory>().Site, Wanted(context.Request)));

    private static IEnumerable<string> Wanted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(
            language => language.Value.ToString());
}
