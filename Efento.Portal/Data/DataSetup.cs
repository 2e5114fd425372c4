using Efento.Portal.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Data;

/// <summary>The database: where it is, who may write, how it is brought up to date.</summary>
public static partial class DataSetup
{
    public static void AddData(this IHostApplicationBuilder builder)
    {
        OwnerOnly.ByDefault();
        SqliteDatabase.Initialise();
        builder.Services.AddSingleton(services => new DataDirectory(services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory));
        builder.Services.AddSingleton(services => new SqliteDatabase(services.GetRequiredService<DataDirectory>().Path));
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddHostedService<Checkpointer>();
        builder.Services.AddDbContextFactory<PortalDbContext>((services, options) =>
            options.UseSqlite(services.GetRequiredService<SqliteDatabase>().ReadConnectionString));
    }

    /// <summary>Takes the data directory for this process alone, then creates the database or brings it up to date.</summary>
    /// <exception cref="DataRefusedException">Another process has it, or it is not as this program can go on with it.</exception>
    public static async Task StartDataAsync(this IServiceProvider services)
    {
        var directory = services.GetRequiredService<DataDirectory>();
        try
        {
            await StartDataAsync(services, directory);
        }
        catch (Exception fault) when (DataCheck.Refusal(fault, directory) is { } refusal)
        {
            throw refusal;
        }
    }

    private static async Task StartDataAsync(IServiceProvider services, DataDirectory directory)
    {
        directory.Lock();
        MendRights(directory, services.GetRequiredService<ILogger<DataDirectory>>());
        DataCheck.EnsureDatabaseIsThere(directory);
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        await DataCheck.EnsureNotNewerAsync(db, directory);
        await db.Database.MigrateAsync();
        DataCheck.EnsureNoSavedCopyHasMore(db, directory);
    }

    private static void MendRights(DataDirectory directory, ILogger logger)
    {
        var (mended, left) = OwnerOnly.Mend(directory.Path);
        if (mended.Count > 0)
        {
            LogMended(logger, string.Join(", ", mended));
        }

        if (left.Count > 0)
        {
            LogWide(logger, string.Join(", ", left));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine could look into the portal's data; now its own user alone can: {Mended}")]
    private static partial void LogMended(ILogger logger, string mended);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine can look into what should be the portal's user's alone; its rights were not changed: {Left}")]
    private static partial void LogWide(ILogger logger, string left);
}
