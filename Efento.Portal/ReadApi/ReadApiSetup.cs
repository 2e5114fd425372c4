using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Efento.Portal.ReadApi;

/// <summary>The shared parts of the read API. docs/read-api.md describes the API.</summary>
internal static class ReadApiSetup
{
    private const string Root = "api/v1";

    public static void AddReadApi(this IHostApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new UtcMilliseconds());
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        builder.Services.AddOpenApi("v1", openApi =>
        {
            openApi.ShouldInclude = description => description.RelativePath?.StartsWith(Root, StringComparison.Ordinal) == true;
            openApi.AddDocumentTransformer((document, _, _) => OpenApiDetails.DescribeAsync(document));
            openApi.AddOperationTransformer((operation, context, _) => OpenApiDetails.DescribeAsync(operation, context));
            openApi.AddSchemaTransformer((schema, context, _) => OpenApiDetails.DescribeAsync(schema, context));
        });
    }

    /// <summary>Maps the API's description, and makes the group for its endpoints.</summary>
    public static RouteGroupBuilder MapReadApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        var api = app.MapGroup(Root);
        api.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return StrayParameter(context.HttpContext) is { } stray
                ? ValueTask.FromResult<object?>(TypedResults.BadRequest(stray))
                : next(context);
        });
        return api;
    }

    /// <summary>
    /// Finds an unknown parameter. If it were ignored, the answer would contain more or other data than the caller expects.
    /// </summary>
    private static ApiError? StrayParameter(HttpContext context)
    {
        var known = context.GetEndpoint()!.Metadata.OfType<ApiParameter>().Select(p => p.Name).ToList();
        return context.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is not { } stray
            ? null
            : new ApiError(
            known.Count == 0
                ? $"{stray} is no parameter here; there are none."
                : $"{stray} is no parameter here; there are: {string.Join(", ", known)}.",
            stray);
    }
}
