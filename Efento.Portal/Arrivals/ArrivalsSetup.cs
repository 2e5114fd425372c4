namespace Efento.Portal.Arrivals;

/// <summary>Registers the delivery of stored readings to consumers that must not miss any.</summary>
internal static partial class ArrivalsSetup
{
    public static void AddArrivals(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ArrivalFeed>();
        builder.AddArrivalCursors();
        services.AddSingleton<LedgerHold>();
        services.AddHostedService<ArrivalService>();
        services.AddHealthChecks().AddCheck<ArrivalHealthCheck>("arrivals");
    }

    /// <summary>Registers the ledger's reader and the positions in it, in the running portal or in a command's own process.</summary>
    public static void AddArrivalCursors(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ArrivalLedger>();
        builder.Services.AddSingleton<ArrivalCursors>();
    }

    /// <summary>Registers a consumer, which must itself be a singleton service.</summary>
    public static void AddArrivalConsumer<T>(this IServiceCollection services)
        where T : class, IArrivalConsumer
    {
        services.AddSingleton<T>();
        services.AddSingleton<IArrivalConsumer>(portal => portal.GetRequiredService<T>());
    }

    /// <summary>
    /// Starts every consumer after its cursor. Call this when memory matches the database, and before anything is stored.
    /// </summary>
    public static async Task StartArrivalsAsync(this IServiceProvider services)
    {
        List<IArrivalConsumer> consumers = [.. services.GetServices<IArrivalConsumer>()];
        var (cursors, lastId, givenUp) = await services.GetRequiredService<ArrivalCursors>().LoadAsync([.. consumers.Select(c => c.Name)]);
        foreach (var name in givenUp)
        {
            LogGivenUp(services.GetRequiredService<ILogger<ArrivalFeed>>(), name);
        }

        var (ledger, time) = (services.GetRequiredService<ArrivalLedger>(), services.GetRequiredService<TimeProvider>());
        List<ArrivalSubscription> subscriptions = [.. consumers.Select(consumer => new ArrivalSubscription(consumer, ledger, time))];
        foreach (var its in subscriptions)
        {
            await its.BeginAsync(cursors.TryGetValue(its.Consumer.Name, out var cursor) ? cursor : null, lastId);
        }

        services.GetRequiredService<ArrivalFeed>().Subscribe(subscriptions);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "\"{Consumer}\" is switched off; its position in the ledger was deleted")]
    private static partial void LogGivenUp(ILogger log, string consumer);
}
