using Efento.Portal.Data;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>The server's clock: of the portal, and of commands that work on its data.</summary>
public static class ClockSetup
{
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiptTimes>();
        builder.Services.AddSingleton<ServerClock>();
        builder.Services.AddSingleton<ClockGuard>();
        builder.Services.AddSingleton<ClockDesk>();
    }

    /// <summary>Reads what is known of the clock; to be called before anything that tells when messages were received.</summary>
    public static async Task StartClockAsync(this IServiceProvider services)
    {
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        ClockDesk.Load(db, services.GetRequiredService<ReceiptTimes>(), services.GetRequiredService<ClockGuard>());
    }
}
