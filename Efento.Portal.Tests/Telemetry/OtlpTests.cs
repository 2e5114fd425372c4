using System.Collections.Concurrent;
using System.Text;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>Metrics and traces reach a collector.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string? Secret, string Body)> _received = new();
    private WebApplication _collector = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Path, context.Request.Headers["X-Secret"], Encoding.Latin1.GetString(body.ToArray())));
        });
        await _collector.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task Collector_Named_GetsMetricsAndTraces()
    {
        await using var portal = await StartAsync();
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));

        await Until.TrueAsync(() => Has("/v1/metrics", "efento.ingest.messages") && Has("/v1/metrics", "efento.loggers"));
        await Until.TrueAsync(() => Has("/v1/traces", "efento.ingest.commit") && Has("/v1/traces", "POST /api/v4/measurements"));
        Assert.All(_received, one => Assert.Equal("abc", one.Secret));
    }

    /// <summary>The address of an invitation holds its code.</summary>
    [Fact]
    public async Task Traces_HaveNoAddressesOfPages()
    {
        await using var portal = await StartAsync();
        await portal.Client.GetAsync("/invitation/the-code-of-a-link");
        await portal.Client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())));

        await Until.TrueAsync(() => Has("/v1/traces", "POST /api/v4/measurements"));
        Assert.DoesNotContain(_received, one => one.Body.Contains("the-code-of-a-link", StringComparison.Ordinal));
    }

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new()
    {
        Settings =
        {
            ["Portal:Telemetry:OtlpEndpoint"] = _collector.Urls.First(),
            ["Portal:Telemetry:OtlpHeaders"] = "X-Secret=abc",
            ["Portal:Telemetry:OtlpInterval"] = "00:00:01",
        },
    });

    private bool Has(string path, string text) =>
        _received.Any(one => one.Path == path && one.Body.Contains(text, StringComparison.Ordinal));
}
