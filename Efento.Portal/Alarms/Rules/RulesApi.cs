using System.Net.Mime;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Efento.Portal.Alarms.Rules;

/// <summary>The rules for other programs, as one document.</summary>
internal static class RulesApi
{
    /// <summary>Enough for some ten thousand rules.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    public static void MapRulesApi(this RouteGroupBuilder api)
    {
        api.MapGet("rules", GetAsync)
            .RequireAuthorization(ApiScopes.RulesRead)
            .WithName("GetRules")
            .WithTags("Rules")
            .WithSummary("The rules in force, as one document.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Application.Json);
        api.MapPut("rules", PutAsync)
            .RequireAuthorization(ApiScopes.RulesWrite)
            .WithName("PutRules")
            .WithTags("Rules")
            .WithSummary("Makes a document the whole set of rules, or changes nothing if anything in it is wrong.")
            .WithMetadata(new ApiParameter("dryRun", JsonSchemaType.String, "true: tell what would be changed, and change nothing; false if not given."))
            .Accepts<object>(MediaTypeNames.Application.Json, "*/*");
    }

    private static async Task<ContentHttpResult> GetAsync(HttpContext context, RuleDocuments documents, SiteScopes scopes) =>
        TypedResults.Content(await documents.ExportAsync(scopes.Of(context.User), context.RequestAborted), MediaTypeNames.Application.Json);

    private static async Task<Results<Ok<RulesAnswer>, BadRequest<ApiError>, BadRequest<RulesRefusal>>> PutAsync(
        HttpContext context, RuleDocuments documents)
    {
        var query = new QueryReader(context.Request.Query);
        var isTrial = query.Word("dryRun", "false", "false", "true") is "true";
        if (query.Fault is { } fault)
        {
            return fault;
        }

        if (await ReadAsync(context) is not { } body)
        {
            return TypedResults.BadRequest(new ApiError($"The document is not complete, or larger than {MostBytes / 1024 / 1024} MiB."));
        }

        var outcome = await documents.ImportAsync(RequestActor.Of(context), body, isTrial, null, context.RequestAborted);
        return outcome.IsDone ? TypedResults.Ok(RulesAnswer.Of(outcome, isTrial)) : TypedResults.BadRequest(RulesRefusal.Of(outcome));
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return body.ToArray();
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>What a document changed, or would change.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Made">The rules that are new, in words.</param>
/// <param name="Changed">The rules that have another version, in words.</param>
/// <param name="Ended">The rules that ended, in words.</param>
internal sealed record RulesAnswer(bool DryRun, IReadOnlyList<string> Made, IReadOnlyList<string> Changed, IReadOnlyList<string> Ended)
{
    /// <summary>The answer of an outcome.</summary>
    public static RulesAnswer Of(RuleOutcome outcome, bool isTrial) =>
        new(isTrial, WordsOf(outcome, RuleAudit.Made), WordsOf(outcome, RuleAudit.Changed), WordsOf(outcome, RuleAudit.Ended));

    private static IReadOnlyList<string> WordsOf(RuleOutcome outcome, string action) =>
        [.. outcome.Changes.Where(c => c.Action == action).Select(c => c.InWords())];
}

/// <summary>Why a document was refused; nothing was changed.</summary>
/// <param name="Error">The reason in words.</param>
/// <param name="Faults">Everything that is wrong.</param>
internal sealed record RulesRefusal(string Error, IReadOnlyList<RulesFault> Faults)
{
    /// <summary>The answer of an outcome.</summary>
    public static RulesRefusal Of(RuleOutcome outcome) => new(
        "Nothing was changed.", [.. outcome.Faults.Select(f => new RulesFault(RuleWords.PathOf(f), RuleWords.Of(f)))]);
}

/// <summary>A fault of a document.</summary>
/// <param name="Path">Where it is, such as <c>rules[3].critical.low</c>; empty if it is about the whole document.</param>
/// <param name="Error">The fault in words.</param>
internal sealed record RulesFault(string Path, string Error);
