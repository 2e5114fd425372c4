using Efento.Portal.Data;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Clock;

/// <summary>Registers the server's clock for the portal, and for commands that work on its data.</summary>
internal static class ClockSetup
{
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiptTimes>();
        builder.Services.AddSingleton<ServerClock>();
        builder.Services.AddSingleton<ClockGuard>();
        builder.Services.AddSingleton<ClockAcceptance>();
    }

    /// <summary>Loads the state of the clock. Call this before anything that needs times of receipt.</summary>
    public static async Task StartClockAsync(this IServiceProvider services)
    {
        using var lease = await services.GetRequiredService<WriteGate>().EnterAsync();
        await using var db = lease.CreateContext();
        ClockAcceptance.Load(db, services.GetRequiredService<ReceiptTimes>(), services.GetRequiredService<ClockGuard>());
    }
}
