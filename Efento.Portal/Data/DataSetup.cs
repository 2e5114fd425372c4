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
        builder.Services.AddSingleton(services => new DataDirectory(services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory));
        builder.Services.AddSingleton(services => new SqliteDatabase(services.GetRequiredService<DataDirectory>().Path));
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddHostedService<Checkpointer>();
        builder.Services.AddDbContextFactory<PortalDbContext>((services, options) =>
            options.UseSqlite(services.GetRequiredService<SqliteDatabase>().ReadConnectionString));
    }

    /// <summary>Takes the data directory for this process alone, then creates the database or brings it up to date.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    public static async Task StartDataAsync(this IServiceProvider services)
    {
        services.GetRequiredService<DataDirectory>().Lock();
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        await db.Database.MigrateAsync();
    }
}
