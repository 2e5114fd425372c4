using Efento.Portal.Access;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Ingest;

/// <summary>
/// Messages of gateways to paths that take none, <c>//api/v4/measurements</c> for instance: answered 404 in words, and counted with their path,
/// so that whoever set up the gateway finds it. A POST with a gateway's token header is one, and JSON for a page or for nothing.
/// </summary>
internal sealed class WrongPaths(TokenDirectory tokens, RefusalCounter refusals, LiveFeed feed)
{
    /// <summary>Answers such a message, or lets another request go on.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => IsOfGateway(context) ? RefuseAsync(context) : next(context);

    private static bool IsOfGateway(HttpContext context)
    {
        var request = context.Request;
        return (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
            && request.Headers.Authorization.Count == 0
            && (request.Headers.ContainsKey(GatewayPasses.TokenHeader) || (request.HasJsonContentType() && IsNowhere(context.GetEndpoint())));
    }

    private static bool IsNowhere(Endpoint? endpoint) => endpoint is null || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private Task RefuseAsync(HttpContext context)
    {
        var from = Networks.AddressOf(context.Connection);
        var check = tokens.CheckGateway(context.Request.Headers, from);
        var path = RefusedPath.Of(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        refusals.Count(from, new TokenCheck(TokenVerdict.WrongPath, check.Verdict is TokenVerdict.Valid ? check.Pass : null, Path: path));
        feed.Publish(new LiveKey(LiveTopic.Refusal));
        return IngestReply.WrongPathAsync(context);
    }
}
