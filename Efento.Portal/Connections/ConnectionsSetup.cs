using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Efento.Portal.Connections;

/// <summary>Connections: how many there may be, and how each is served to its end.</summary>
public static class ConnectionsSetup
{
    public static void AddConnections(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => ConnectionLimits.Of(FileDescriptors.Limit()));
        builder.Services.AddSingleton<ConnectionRoom>();
        builder.Services.AddSingleton<SocketTransportFactory>();

        // Kestrel asks the last one that was registered first.
        builder.Services.AddSingleton<IConnectionListenerFactory, CountedListeners>();
        builder.Services.AddTransient<IStartupFilter, RequestWatch>();
    }

    /// <summary>Sees to it that requests name the portal; before anything is made of the name.</summary>
    public static void UseRequestHost(this IApplicationBuilder app) => app.Use(RequestHost.InvokeAsync);

    /// <summary>Keeps room for gateways beside open pages; after it is known who asks.</summary>
    public static void UseHeldConnections(this IApplicationBuilder app) => app.UseMiddleware<HeldConnections>();
}
