using Efento.Portal.Backup;
using Efento.Portal.History;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Registers SQLite as the store: the database, and the implementations of the features' interfaces.</summary>
internal static class SqliteSetup
{
    public static void AddSqlite(this IServiceCollection services)
    {
        SqliteDatabase.Initialise();
        services.AddSingleton(given => new SqliteDatabase(given.GetRequiredService<DataDirectory>().Path));
        services.AddSingleton<IDatabase>(given => given.GetRequiredService<SqliteDatabase>());
        services.AddDbContextFactory<PortalDbContext>(
            (given, options) =>
                SqliteDatabase.AddTextComparisons(options.UseSqlite(given.GetRequiredService<SqliteDatabase>().ReadConnectionString)));
        services.AddHostedService<Checkpointer>();
        services.AddSingleton<IBulkRows, SqliteBulkRows>();
        services.AddSingleton<IReadingStore, SqliteReadingStore>();
        services.AddSingleton<IReadingPortions, SqliteReadingPortions>();
        services.AddSingleton<IRangeStore, SqliteRangeStore>();
        services.AddSingleton<IRollupStore, SqliteRollupStore>();
        services.AddSingleton<IIngestStore, SqliteIngestStore>();
        services.AddSingleton<IBackupStore, SqliteBackupStore>();
    }
}
