using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// The hub of the pages' circuits, made when the first page connects. To make it, SignalR compiles about eighty expressions, which is a
/// good part of a start, and most portals under test are never opened in a browser.
/// </summary>
internal static class LateHub
{
    private static readonly Type Circuits =
        typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!;

    /// <summary>Puts it in the place of the one that is made at the start.</summary>
    public static void Add(IServiceCollection services)
    {
        var handler = typeof(HubConnectionHandler<>).MakeGenericType(Circuits);
        services.AddSingleton(
            handler,
            portal =>
            {
                // The constructor of its base class would make the hub.
                var late = (ILateHub)RuntimeHelpers.GetUninitializedObject(typeof(Of<>).MakeGenericType(Circuits));
                late.Hub = new(() => (ConnectionHandler)ActivatorUtilities.CreateInstance(portal, handler));
                return late;
            });
    }

    private interface ILateHub
    {
        Lazy<ConnectionHandler> Hub { set; }
    }

    private sealed class Of<THub>() : HubConnectionHandler<THub>(null!, null!, null!, null!, null!, null!, null!), ILateHub
        where THub : Hub
    {
        public Lazy<ConnectionHandler> Hub { private get; set; } = null!;

        public override Task OnConnectedAsync(ConnectionContext connection) => Hub.Value.OnConnectedAsync(connection);
    }
}
