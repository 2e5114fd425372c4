using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Ingest;

/// <summary>
/// Answers messages of gateways to wrong paths, such as <c>//api/v4/measurements</c>, with 404 and an explanation, and counts them with
/// their path to help whoever sets up the gateway. Such a message is a POST with a gateway's token header, or JSON that is posted to a page
/// or to an unknown path.
/// </summary>
internal sealed class WrongPaths(TokenDirectory tokens, RefusalCounter refusals, LiveFeed feed)
{
    /// <summary>Answers such a message, and passes all other requests on.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => IsOfGateway(context) ? RefuseAsync(context) : next(context);

    private static bool IsOfGateway(HttpContext context)
    {
        var request = context.Request;
        return (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
            && request.Headers.Authorization.Count == 0
            && (
                request.Headers.ContainsKey(GatewayPasses.TokenHeader)
                    || (request.HasJsonContentType() && IsNowhere(context.GetEndpoint())));
    }

    private static bool IsNowhere(Endpoint? endpoint) =>
        endpoint is null || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

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
