using Efento.Portal.Components.People;
using Efento.Portal.Notifications.Drills;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>The page of a link of a drill, in the language of its reader.</summary>
/// <param name="sheet">What they may know.</param>
/// <param name="isPrevented">Whether the confirmation could not be stored.</param>
internal sealed class DrillResult(DrillSheet sheet, bool isPrevented = false) : IResult
{
    // Not async: the language must be in effect for the page.
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageLanguage.Use(httpContext, sheet.Reader?.Language.Code);
        httpContext.Response.Headers.CacheControl = "no-store";
        var page = new RazorComponentResult<DrillAnswerPage>(new { Sheet = sheet, IsPrevented = isPrevented })
        {
            StatusCode = StatusOf(sheet.State),
        };
        return page.ExecuteAsync(httpContext);
    }

    private static int StatusOf(DrillLinkState state) => state switch
    {
        DrillLinkState.Open or DrillLinkState.Confirmed => StatusCodes.Status200OK,
        DrillLinkState.Locked => StatusCodes.Status429TooManyRequests,
        DrillLinkState.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status410Gone,
    };
}
