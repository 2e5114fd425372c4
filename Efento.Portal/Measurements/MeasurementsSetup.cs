using Efento.Portal.Measurements.Ranges;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements;

/// <summary>Readings: stored, latest, rolled up, history.</summary>
public static class MeasurementsSetup
{
    public static void AddMeasurements(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IReadingStore, SqliteReadingStore>();
        builder.Services.AddSingleton<SeriesDirectory>();
        builder.Services.AddSingleton<HistoryQuery>();
        builder.Services.AddSingleton<RollupQueue>();
        builder.Services.AddSingleton<RollupKeeper>();
        builder.Services.AddHostedService<RollupService>();
        builder.Services.AddSingleton<RangeReader>();
        builder.Services.AddSingleton<LastDayQuery>();
        builder.Services.AddSingleton<RangeQuery>();
        builder.Services.AddSingleton<DayQuery>();
        builder.Services.AddSingleton<TableQuery>();
        builder.Services.AddSingleton<DeviceQuery>();
        builder.Services.AddSingleton<PointReadingsCsv>();
    }

    /// <summary>Maps what people download of measurements.</summary>
    public static void MapMeasurements(this WebApplication app) => PointReadingsCsv.Map(app);

    /// <summary>Finds out what is left to roll up; to be called when the series are in memory.</summary>
    public static Task StartMeasurementsAsync(this IServiceProvider services) => services.GetRequiredService<RollupKeeper>().LoadAsync();
}
