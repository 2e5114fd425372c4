using System.Diagnostics.Metrics;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Efento.Portal.Telemetry;

/// <summary>Lets others see how the portal fares: figures for Prometheus and by OTLP, traces by OTLP, and whether data arrives.</summary>
internal static class TelemetrySetup
{
    private const string Service = "efento-portal";

    /// <summary>The framework's figures of open pages.</summary>
    private const string CircuitMeter = "Microsoft.AspNetCore.Components.Server.Circuits";

    /// <summary>The runtime's figures of CPU, memory and threads.</summary>
    private const string RuntimeMeter = "System.Runtime";

    private const string SendDuration = "efento.delivery.send.duration";

    /// <summary>From 10 ms to the minute after which an attempt to send is given up.</summary>
    private static readonly double[] SendSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DataSizes>();
        builder.Services.AddSingleton<SiteFigures>();
        builder.Services.AddSingleton<SiteMeter>();
        JsonLog.AddTo(builder);
        var version = typeof(TelemetrySetup).Assembly.GetName().Version!.ToString(3);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter(PortalMeter.Name, CircuitMeter, RuntimeMeter)
                .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0));
        builder.Services.ConfigureOpenTelemetryMeterProvider(
            (given, metrics) => metrics.AddView(instrument => FormOf(instrument, given.GetRequiredService<IMeterFactory>())));
        OtlpExport.AddTo(builder, telemetry);
    }

    public static void MapTelemetry(this WebApplication app)
    {
        // Nobody else asks for it, and figures are published when it is made.
        app.Services.GetRequiredService<SiteMeter>();
        MetricsEndpoint.Map(app);
        app.MapGet(DataHealth.Route, DataHealth.AnswerAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>
    /// The form of a figure; null for the usual one. It is decided in one place: a second view of a name would keep what this one drops.
    /// </summary>
    private static MetricStreamConfiguration? FormOf(Instrument instrument, IMeterFactory factory) =>
        !IsWanted(instrument, factory) ? MetricStreamConfiguration.Drop
        : instrument.Name == SendDuration ? new ExplicitBucketHistogramConfiguration { Boundaries = SendSeconds }
        : null;

    /// <summary>
    /// Whether a figure is this portal's, or the runtime's. Names are known to the whole process, which may hold several portals. What the
    /// runtime calls <c>….count</c> is left out: Prometheus would take it for a part of a histogram.
    /// </summary>
    private static bool IsWanted(Instrument instrument, IMeterFactory factory) =>
        (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, factory))
            && !instrument.Name.EndsWith(".count", StringComparison.Ordinal);
}
