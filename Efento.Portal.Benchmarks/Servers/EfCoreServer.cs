using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Benchmarks.Servers;

/// <summary>
/// The same work the usual way: each request looks its loggers up, adds its readings and its line in the ledger and calls
/// <c>SaveChanges</c> once, durably (WAL, synchronous FULL). Given the benefit of the doubt: contexts are pooled, the queries compiled
/// and requests take turns, for writers that compete sleep on SQLITE_BUSY. It knows no duplicates, latest values or tolerance.
/// </summary>
internal static class EfCoreServer
{
    private static readonly Func<EfCoreContext, string, Task<EfCoreLogger?>> FindLogger =
        EF.CompileAsyncQuery((EfCoreContext db, string serial) => db.Loggers.FirstOrDefault(l => l.Serial == serial));

    /// <summary>Serves on 127.0.0.1 until the process is ended; the database is in <paramref name="directory"/>.</summary>
    public static async Task RunAsync(int port, string directory, CancellationToken stopping)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "efcore.db") }.ToString();
        await using var app = BareHost.Create(port, services =>
            services.AddPooledDbContextFactory<EfCoreContext>(options => options.UseSqlite(connectionString)));
        var contexts = app.Services.GetRequiredService<IDbContextFactory<EfCoreContext>>();
        await CreateAsync(contexts);
        using var turn = new SemaphoreSlim(1, 1);
        app.MapPost("/api/v4/measurements", async (HttpContext context) =>
        {
            var message = await CeilingServer.ReadAsync(context);
            await using var db = await contexts.CreateDbContextAsync();
            await turn.WaitAsync();
            try
            {
                await StoreAsync(db, context, message);
            }
            finally
            {
                turn.Release();
            }

            context.Response.StatusCode = StatusCodes.Status201Created;
        });
        await ((IHost)app).RunAsync(stopping);
    }

    private static async Task StoreAsync(EfCoreContext db, HttpContext context, StrictMessage message)
    {
        var line = new EfCoreMessage
        {
            Address = context.Connection.RemoteIpAddress!.ToString(),
            Route = context.Request.Path.Value!,
            ReceivedAtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            Bytes = context.Request.ContentLength ?? 0,
            Records = message.Measurements.Length,
        };
        db.Messages.Add(line);
        foreach (var record in message.Measurements)
        {
            var logger = await FindLogger(db, record.Serial) ?? db.Loggers.Add(new EfCoreLogger { Serial = record.Serial }).Entity;
            var measuredAtMs = new DateTimeOffset(CeilingServer.Time(record.MeasuredAt)).ToUnixTimeMilliseconds();
            db.Readings.AddRange(record.Params.Select(param => new EfCoreReading
            {
                Logger = logger,
                Message = line,
                Channel = param.Channel,
                Type = param.Type,
                MeasuredAtMs = measuredAtMs,
                Value = param.Value,
            }));
        }

        await db.SaveChangesAsync();
    }

    private static async Task CreateAsync(IDbContextFactory<EfCoreContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Database.EnsureCreatedAsync();
        var journal = await db.Database.SqlQueryRaw<string>("PRAGMA journal_mode = WAL").ToListAsync();
        var synchronous = await db.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync();
        if (journal is not ["wal"] || synchronous is not [2])
        {
            throw new InvalidOperationException("The comparison needs WAL and synchronous FULL, which is SQLite's default.");
        }
    }
}
