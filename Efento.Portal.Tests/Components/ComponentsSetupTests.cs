using Efento.Portal.Components;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Efento.Portal.Tests.Components;

public sealed class ComponentsSetupTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/not-found")]
    [InlineData("/sign-out")]
    [InlineData("/_blazor")]
    [InlineData("/_blazor/negotiate")]
    public void PageAndCircuit_Endpoints_AreMarkedAsPages(string path)
    {
        var endpoints = Endpoints().Where(e => "/" + e.RoutePattern.RawText?.Trim('/') == path).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.NotNull(e.Metadata.GetMetadata<PageMark>()));
    }

    [Fact]
    public void Endpoints_NoneOfThem_CatchesOtherPaths() =>
        Assert.DoesNotContain(Endpoints(), e => e.RoutePattern.Parameters.Any(p => p.IsCatchAll));

    private IEnumerable<RouteEndpoint> Endpoints() => shared.Portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
