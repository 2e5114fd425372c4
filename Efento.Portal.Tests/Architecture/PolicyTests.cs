using System.Reflection;
using Efento.Portal.Components.Pages;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Efento.Portal.Tests.Architecture;

/// <summary>Every page and every route names a policy, or is on the reviewed list of what is open to everybody.</summary>
public sealed class PolicyTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    /// <summary>Pages anybody may open, and why. Whoever adds one here answers for it.</summary>
    private static readonly HashSet<Type> OpenPages =
    [
        // Before anybody can be signed in; each asks for a secret of its own.
        typeof(SignInPage), typeof(SetupPage), typeof(InvitationPage),

        // The check of an address: it tells nothing but whether its code is known.
        typeof(AddressCheckPage),

        // Words alone.
        typeof(NotFound), typeof(Error), typeof(NotAllowedPage), typeof(WrongHostPage),
    ];

    /// <summary>Routes anybody may ask. Whoever adds one here answers for it.</summary>
    private static readonly HashSet<string> OpenRoutes =
    [
        // Gateways show a token, which the ingest checks before the body is read.
        "/api/v2/measurements", "/api/v3/measurements", "/api/v4/measurements", "/api/v4/gateways/heartbeat", "/api/v3/gateways/heartbeat",
        "/api/v2/gateways/heartbeat",

        // For whoever watches over the machine, and for programmers: no data.
        "/health/live", "/health/ready", "/health/data", "/openapi/{documentname}.json",

        // A screen's link: it asks for the code. What it is told if that does not work: words alone.
        "/wall/screen/{code}", "/wall/ended",

        // The link of a message: it asks for the code, and its reader's rights each time.
        "/answer/{code}",

        // The link of a message of a drill: it asks for the code.
        "/drill/{code}",

        // The framework's script, and what a page says when it is left: the circuit itself asks for the policy when it is opened.
        "/_framework/opaque-redirect", "/_blazor/disconnect", "/_blazor/initializers",
    ];

    [Fact]
    public void Pages_EachOne_NamesAPolicyOrIsReviewed() => Assert.Empty(
        from page in typeof(Program).Assembly.GetTypes()
        where page.GetCustomAttributes<RouteAttribute>().Any()
        where !(
            OpenPages.Contains(page) ? page.IsDefined(typeof(AllowAnonymousAttribute)) : NamesPolicy([.. page.GetCustomAttributes(true)]))
        select page.FullName);

    [Fact]
    public void Routes_EachOne_NamesAPolicyOrIsReviewed() => Assert.Empty(
        from endpoint in shared.Portal.Get<EndpointDataSource>().Endpoints
        where !IsReviewed(endpoint)
        select Describe(endpoint));

    [Fact]
    public void Route_WithoutPolicy_IsFound()
    {
        static Endpoint With(params object[] metadata) =>
            new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/new"), 0, new(metadata), "new");

        Assert.False(IsReviewed(With()));
        Assert.False(IsReviewed(With(new AuthorizeAttribute())));
        Assert.False(IsReviewed(With(new AllowAnonymousAttribute())));
        Assert.False(IsReviewed(With(new AuthorizeAttribute("Look"), new AllowAnonymousAttribute())));
        Assert.True(IsReviewed(With(new AuthorizeAttribute("Look"))));
    }

    /// <summary>AllowAnonymous undoes every policy beside it, so it is looked at first.</summary>
    private static bool IsReviewed(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            return NamesPolicy(endpoint.Metadata);
        }

        return endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
            || (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { Type: var page } && OpenPages.Contains(page))
            || (endpoint is RouteEndpoint route && OpenRoutes.Contains("/" + route.RoutePattern.RawText?.Trim('/').ToLowerInvariant()));
    }

    private static bool NamesPolicy(IEnumerable<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Any(a => !string.IsNullOrEmpty(a.Policy));

    private static string Describe(Endpoint endpoint) =>
        $"{endpoint.DisplayName} {(endpoint as RouteEndpoint)?.RoutePattern.RawText}: {string.Join(", ", endpoint.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy))}{(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? "" : " open to everybody")}";
}
