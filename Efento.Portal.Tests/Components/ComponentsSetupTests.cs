using Efento.Portal.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Efento.Portal.Tests.Components;

public sealed class ComponentsSetupTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/not-found")]
    [InlineData("/_blazor")]
    [InlineData("/_blazor/negotiate")]
    public async Task PageAndCircuit_Endpoints_AreMarkedAsPages(string path)
    {
        await using var app = Portal();

        var endpoints = Endpoints(app).Where(e => "/" + e.RoutePattern.RawText?.Trim('/') == path).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.NotNull(e.Metadata.GetMetadata<PageMark>()));
    }

    [Fact]
    public async Task Endpoints_NoneOfThem_CatchesOtherPaths()
    {
        await using var app = Portal();

        Assert.DoesNotContain(Endpoints(app), e => e.RoutePattern.Parameters.Any(p => p.IsCatchAll));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    private static WebApplication Portal()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Efento.Portal", ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Logging.ClearProviders();
        builder.AddPages();
        return builder.Build().MapPages();
    }
}
