using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Efento.Portal.Connections;

/// <summary>Registers the limits of connections and the handling of each connection.</summary>
internal static class ConnectionsSetup
{
    public static void AddConnections(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => ConnectionLimits.Of(FileDescriptors.Limit()));
        builder.Services.AddSingleton<ConnectionRoom>();
        builder.Services.AddSingleton<SocketTransportFactory>();

        // Kestrel tries the factory that was registered last first.
        builder.Services.AddSingleton<IConnectionListenerFactory, CountedListeners>();
        builder.Services.AddTransient<IStartupFilter, RequestWatch>();
    }

    /// <summary>Checks the host name of requests. Call it before anything uses the name.</summary>
    public static void UseRequestHost(this IApplicationBuilder app) => app.Use(RequestHost.InvokeAsync);

    /// <summary>Keeps room for gateways beside open pages. Call it after authentication.</summary>
    public static void UseHeldConnections(this IApplicationBuilder app) => app.UseMiddleware<HeldConnections>();
}
