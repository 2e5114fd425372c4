using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Components.People;

/// <summary>
/// A form whose token is not valid (any more), as of a page that was open while the portal was restored from a backup: its sender gets the page anew, with
/// words, instead of an empty answer.
/// </summary>
internal static class OutdatedForm
{
    private const string Mark = "outdated";

    /// <summary>Whether the page is shown because a form of it was outdated.</summary>
    public static bool WasSentTo(HttpContext? context) => context?.Request.Query.ContainsKey(Mark) == true;

    /// <summary>Leads the sender of an outdated form back to its page.</summary>
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

    /// <summary>Whether the form did not come whole: too slow, broken off, or no form.</summary>
    private static bool IsUnreadable(Exception? fault) => fault?.GetBaseException() is IOException or InvalidDataException;
}
