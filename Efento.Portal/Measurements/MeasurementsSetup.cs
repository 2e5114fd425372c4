using Efento.Portal.Arrivals;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements;

/// <summary>Registers the storage of readings, latest values and rollups.</summary>
internal static class MeasurementsSetup
{
    public static void AddMeasurements(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SeriesDirectory>();
        builder.Services.AddSingleton<RollupQueue>();
        builder.Services.AddArrivalConsumer<RollupJob>();
        builder.Services.AddHostedService<RollupService>();
    }
}
