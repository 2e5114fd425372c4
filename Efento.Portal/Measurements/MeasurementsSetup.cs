namespace Efento.Portal.Measurements;

/// <summary>Readings: stored, latest, history.</summary>
public static class MeasurementsSetup
{
    public static void AddMeasurements(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IReadingStore, SqliteReadingStore>();
        builder.Services.AddSingleton<SeriesDirectory>();
        builder.Services.AddSingleton<HistoryQuery>();
    }
}
