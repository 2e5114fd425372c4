using System.Diagnostics;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Efento.Portal.Telemetry;

/// <summary>Sends metrics and traces to a collector with OTLP, if the settings name one.</summary>
internal static class OtlpExport
{
    /// <summary>
    /// Where the requests are that are traced. Addresses of pages hold codes of links, which must not leave the portal.
    /// </summary>
    private const string TracedPaths = "/api";

    /// <summary>Adds the exporters.</summary>
    public static void AddTo(IHostApplicationBuilder builder, OpenTelemetryBuilder telemetry)
    {
        if (!IsOn(builder.Configuration))
        {
            return;
        }

        builder.Services.AddHostedService<SiteCount>();
        telemetry.WithMetrics(metrics => metrics.AddReader(given => Metrics(Settings(given))));
        telemetry.WithTracing(traces => traces
            .AddSource(PortalTraces.Name)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = context => context.Request.Path.StartsWithSegments(TracedPaths))
            .AddProcessor(given => Traces(Settings(given))));
    }

    /// <summary>A wrong address is reported when all settings are checked.</summary>
    private static bool IsOn(IConfiguration settings) => !string.IsNullOrEmpty(
        settings[$"{PortalOptions.Section}:{nameof(PortalOptions.Telemetry)}:{nameof(TelemetryOptions.OtlpEndpoint)}"]);

    private static TelemetryOptions Settings(IServiceProvider given) => given.GetRequiredService<IOptions<PortalOptions>>().Value.Telemetry;

    private static PeriodicExportingMetricReader Metrics(TelemetryOptions settings) => new(
        new OtlpMetricExporter(OptionsFor(settings, "v1/metrics")), (int)settings.OtlpInterval.TotalMilliseconds);

    private static BatchActivityExportProcessor Traces(TelemetryOptions settings) => new(
        new OtlpTraceExporter(OptionsFor(settings, "v1/traces")));

    private static OtlpExporterOptions OptionsFor(TelemetryOptions settings, string path)
    {
        var address = new Uri(settings.OtlpEndpoint!);
        return new OtlpExporterOptions
        {
            Protocol = settings.OtlpProtocol is OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = settings.OtlpProtocol is OtlpProtocol.Grpc ? address : new Uri($"{settings.OtlpEndpoint!.TrimEnd('/')}/{path}"),
            Headers = settings.OtlpHeaders,
        };
    }
}
