using Efento.Portal.Access;
using Efento.Portal.Texts;

namespace Efento.Portal.Components.People;

/// <summary>The language of a page: the person's own, else the site's, else one their browser asks for.</summary>
internal static class PageLanguage
{
    /// <summary>The language, as two letters.</summary>
    public static string Of(Preferences preferences, Site? site, IEnumerable<string> browser) => preferences.Language ?? site?.Language ?? Languages.Of(browser);

    /// <summary>Lets pages and circuits speak it. Gateways and programs are answered as ever.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // No endpoint: a mistyped address, which a page explains.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<PageMark>() is not null)
        {
            var people = context.RequestServices.GetRequiredService<PeopleDirectory>();
            Languages.Speak(Of(people.PreferencesOf(PeopleAuthentication.UserIdOf(context.User)), people.Site, Wanted(context.Request)));
        }

        await next(context);
    }

    private static IEnumerable<string> Wanted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());
}
