namespace Efento.Portal.Streaming;

/// <summary>Registers and maps the live hub, which sends the current state of points to screens and programs.</summary>
internal static class StreamingSetup
{
    /// <summary>Clients send nothing but keep-alive messages.</summary>
    private const int LargestMessageBytes = 4_096;

    public static void AddStreaming(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveGroups>();
        builder.Services.AddSingleton<ServerVersion>();
        builder.Services.AddSignalR().AddHubOptions<LiveHub>(hub =>
        {
            // A ping is sent at the first tick of a second after this time, so a screen hears something every one to two seconds.
            hub.KeepAliveInterval = TimeSpan.FromSeconds(1);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.MaximumReceiveMessageSize = LargestMessageBytes;
        });
    }
}
