using Efento.Portal.Configuration;
using Efento.Portal.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Data;

/// <summary>Registers the database, and migrates it at the start.</summary>
internal static partial class DataSetup
{
    public static void AddData(this IHostApplicationBuilder builder)
    {
        OwnerOnly.ByDefault();
        builder.Services.AddSingleton(
            services => new DataDirectory(services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory));
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddSqlite();
    }

    /// <summary>Locks the data directory for this process, then creates or migrates the database.</summary>
    /// <exception cref="DataRefusedException">Another process has the directory, or this program can't work with its content.</exception>
    public static async Task StartDataAsync(this IServiceProvider services)
    {
        var directory = services.GetRequiredService<DataDirectory>();
        try
        {
            await StartDataAsync(services, directory);
        }
        catch (Exception fault) when (services.RefusalOf(fault) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>
    /// A message about a fault at the start in terms of the data directory; null if the fault's own message is good enough.
    /// </summary>
    internal static DataRefusedException? RefusalOf(this IServiceProvider services, Exception fault) =>
        DataCheck.Refusal(fault, services.GetRequiredService<DataDirectory>());

    private static async Task StartDataAsync(IServiceProvider services, DataDirectory directory)
    {
        directory.Lock();
        RestrictRights(directory, services.GetRequiredService<ILogger<DataDirectory>>());
        DataCheck.EnsureDatabaseIsThere(directory);
        var loss = LossCheck.Before(directory);
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        await DataCheck.EnsureNotNewerAsync(db, directory);
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            await db.Database.MigrateAsync();
        }

        DataCheck.EnsureNoSavedCopyHasMore(db, directory);
        await loss.KeepAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    private static void RestrictRights(DataDirectory directory, ILogger log)
    {
        var (mended, left) = OwnerOnly.Restrict(directory.Path);
        if (mended.Count > 0)
        {
            LogMended(log, string.Join(", ", mended));
        }

        if (left.Count > 0)
        {
            LogWide(log, string.Join(", ", left));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine could read the portal's data. Now only the portal's user can: {Mended}")]
    private static partial void LogMended(ILogger log, string mended);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine can read files that only the portal's user should read. Their permissions were not changed: {Left}")]
    private static partial void LogWide(ILogger log, string left);
}
