namespace Efento.Portal.Benchmarks.Servers;

/// <summary>The host of the servers the portal is compared with: Kestrel, routing and nothing else.</summary>
internal static class BareHost
{
    /// <summary>A host that listens on 127.0.0.1 and logs warnings only.</summary>
    public static WebApplication Create(int port, Action<IServiceCollection>? addServices = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        addServices?.Invoke(builder.Services);
        return builder.Build();
    }
}
