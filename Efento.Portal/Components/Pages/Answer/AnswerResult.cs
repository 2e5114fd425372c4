using Efento.Portal.Alarms.People;
using Efento.Portal.Components.People;
using Efento.Portal.Notifications.Answering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>The page of a link to acknowledge, in the language of its reader.</summary>
/// <param name="sheet">What they may know.</param>
/// <param name="said">What they sent, if something was wrong with it.</param>
/// <param name="fault">What was wrong, in the current language; null if nothing was.</param>
internal sealed class AnswerResult(AnswerSheet sheet, Acknowledgement? said = null, Func<string?>? fault = null) : IResult
{
    // Not async: the language must be in effect for the page.
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PageLanguage.Use(httpContext, sheet.Reader?.Language.Code);
        httpContext.Response.Headers.CacheControl = "no-store";
        var page = new RazorComponentResult<AnswerPage>(
            new { Sheet = sheet, said?.Comment, said?.Cause, said?.Action, Fault = fault?.Invoke() })
        {
            StatusCode = StatusOf(sheet.State),
        };
        return page.ExecuteAsync(httpContext);
    }

    private static int StatusOf(AnswerState state) => state switch
    {
        AnswerState.Open or AnswerState.Answered => StatusCodes.Status200OK,
        AnswerState.Locked => StatusCodes.Status429TooManyRequests,
        AnswerState.NotAllowed => StatusCodes.Status403Forbidden,
        AnswerState.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status410Gone,
    };
}
