using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Components.People;

/// <summary>
/// Handles a form whose antiforgery token is no longer valid, for example if its page was open while the portal was restored from a backup.
/// The user gets the page again with an explanation, instead of an empty response.
/// </summary>
internal static class OutdatedForm
{
    private const string Mark = "outdated";

    /// <summary>Whether the page is shown because its form was outdated.</summary>
    public static bool WasSentTo(HttpContext? context) => context?.Request.Query.ContainsKey(Mark) == true;

    /// <summary>Redirects the user of an outdated form to its page.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false, Error: var fault }
            || IsUnreadable(fault)
            || context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is null)
        {
            return next(context);
        }

        var (path, query) = (context.Request.Path.ToUriComponent(), context.Request.QueryString.ToUriComponent());
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = WasSentTo(context) ? path + query : QueryHelpers.AddQueryString(path + query, Mark, "1");
        return Task.CompletedTask;
    }

    /// <summary>Whether the form arrived incomplete: too slowly, cut off, or not a form.</summary>
    private static bool IsUnreadable(Exception? fault) => fault?.GetBaseException() is IOException or InvalidDataException;
}
