using Efento.Portal.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Data;

/// <summary>The database: where it is, who may write, how it is brought up to date.</summary>
public static class DataSetup
{
    public static void AddData(this IHostApplicationBuilder builder)
    {
        SqliteDatabase.Initialise();
        builder.Services.AddSingleton(services =>
            new SqliteDatabase(services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory));
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddDbContextFactory<PortalDbContext>((services, options) =>
            options.UseSqlite(services.GetRequiredService<SqliteDatabase>().ReadConnectionString));
    }

    /// <summary>Creates the database or brings it up to date.</summary>
    public static async Task StartDataAsync(this IServiceProvider services)
    {
        var directory = services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory;
        Directory.CreateDirectory(directory);
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        await db.Database.MigrateAsync();
    }
}
