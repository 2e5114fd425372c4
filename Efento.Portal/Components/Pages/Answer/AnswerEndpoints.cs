using Efento.Portal.Access;
using Efento.Portal.Alarms.People;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Efento.Portal.Notifications.Answering;
using Efento.Portal.Transport;
using Microsoft.AspNetCore.Http.Metadata;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>
/// The page of a link to acknowledge. It has no circuit, so that it opens at once on a phone with a weak network. Only a POST acts. The
/// code of the link is known to nobody else, and so proves that the form is the portal's own.
/// </summary>
internal static class AnswerEndpoints
{
    private const string Path = $"/{AnswerLinks.Path}/{{code}}";

    /// <summary>The longest form, in bytes: a comment in any letters, two words, and some room.</summary>
    private const int LongestForm = 32 * 1024;

    public static void MapAnswers(this WebApplication app)
    {
        app.MapGet(Path, ShowAsync).ExcludeFromDescription().WithMetadata(new NoReferrer()).AllowAnonymous();
        app.MapPost(Path, AnswerAsync).ExcludeFromDescription().WithMetadata(new NoReferrer(), new FormLimit()).AllowAnonymous();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string code, AlarmAnswers answers) =>
        new AnswerResult(await answers.OpenAsync(code, AddressOf(context), context.RequestAborted));

    private static async Task<IResult> AnswerAsync(HttpContext context, string code, AlarmAnswers answers)
    {
        Acknowledgement said;
        try
        {
            said = await SaidAsync(context);
        }
        catch (BadHttpRequestException fault)
        {
            return TypedResults.StatusCode(fault.StatusCode);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // No browser sends such a form: it has too many fields, a name without end, or parts that are not complete.
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        var (sheet, prevented) = await TryAsync(context, code, said, answers);
        return sheet.State is AnswerState.Answered && prevented is null
            ? SeeOther(context)
            : new AnswerResult(sheet, said, prevented);
    }

    private static async Task<(AnswerSheet Sheet, Func<string?>? Prevented)> TryAsync(
        HttpContext context, string code, Acknowledgement said, AlarmAnswers answers)
    {
        try
        {
            var (sheet, fault) = await answers.AnswerAsync(code, AddressOf(context), said, CancellationToken.None);
            return (sheet, fault is null ? null : () => AlarmWords.Fault(fault));
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            var sheet = await answers.OpenAsync(code, AddressOf(context), CancellationToken.None);
            return (sheet, () => PeopleText.NothingChanged(IngestWords.Of(fault)));
        }
    }

    private static async Task<Acknowledgement> SaidAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        return new(form[AnswerPage.CommentField].ToString(), form[AnswerPage.CauseField], form[AnswerPage.ActionField]);
    }

    /// <summary>The page again, which says who acknowledged it: loading it anew sends nothing.</summary>
    private static IResult SeeOther(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = (context.Request.PathBase + context.Request.Path).ToUriComponent();
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static string AddressOf(HttpContext context) => RequestActor.AddressOf(context) ?? "";

    private sealed class FormLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => LongestForm;
    }
}
