using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Efento.Portal.ReadApi;

/// <summary>Completes the API's description with what can't be derived from the code.</summary>
internal static class OpenApiDetails
{
    private const string Bearer = "apiToken";

    /// <summary>Names the API and how to sign in.</summary>
    public static Task DescribeAsync(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Efento Portal", Version = "1", Description = "Loggers, gateways and readings, read only; the maintenance mode and the rules of alarms." };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API token."
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>
    /// Adds the parameters that an endpoint reads by itself, and the answers to requests without a valid token. A table has no schema.
    /// </summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var parameters = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiParameter>();
        operation.Parameters = [.. operation.Parameters ?? [], .. parameters.Select(Describe)];
        operation.Responses ??= [];
        foreach (var content in operation.Responses.Values.Select(r => r.Content).OfType<IDictionary<string, OpenApiMediaType>>())
        {
            if (content.TryGetValue("text/csv", out var table))
            {
                table.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            }
        }

        operation.Responses["401"] = new OpenApiResponse { Description = "The token is missing, unknown or revoked." };
        operation.Responses["403"] = new OpenApiResponse { Description = "The token lacks the scope." };
        return Task.CompletedTask;
    }

    /// <summary>Describes times: they have their own converter, which does not describe itself.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }

    private static IOpenApiParameter Describe(ApiParameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema { Type = parameter.Type, Format = parameter.Format },
    };
}

/// <summary>A parameter an endpoint reads by itself, for the API's description.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What it does.</param>
/// <param name="Format">Its format, if that has a name.</param>
internal sealed record ApiParameter(string Name, JsonSchemaType Type, string Description, string? Format = null)
{
    /// <summary>The parameter for the number of items.</summary>
    public static readonly ApiParameter Limit = new(
        "limit", JsonSchemaType.Integer, $"At most so many items, 1 to {QueryReader.MostItems}; {QueryReader.MostItems} if not given.");

    /// <summary>The parameter for the number of items where all of them can be had in one answer.</summary>
    public static readonly ApiParameter LimitOrAll = new(
        "limit", JsonSchemaType.Integer | JsonSchemaType.String, $"{Limit.Description.TrimEnd('.')}. {QueryReader.All} for all of them in one answer.");

    /// <summary>The parameter for the next page.</summary>
    public static readonly ApiParameter After = new("after", JsonSchemaType.String, "The value of next in the answer before.");
}
