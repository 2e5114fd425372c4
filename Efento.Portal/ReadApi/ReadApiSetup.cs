using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Efento.Portal.ReadApi;

/// <summary>The read API for other programs: what its parts share. docs/read-api.md describes it.</summary>
public static class ReadApiSetup
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

    /// <summary>Maps the API's description and makes the group that its parts are mapped in.</summary>
    public static RouteGroupBuilder MapReadApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        var api = app.MapGroup(Root);
        api.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        return api;
    }
}
