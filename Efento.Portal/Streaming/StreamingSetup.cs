namespace Efento.Portal.Streaming;

/// <summary>The live hub: points as they stand, told to screens and programs.</summary>
public static class StreamingSetup
{
    /// <summary>Nobody has anything to say to the hub but that they are there.</summary>
    private const int LargestMessageBytes = 4_096;

    public static void AddStreaming(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveGroups>();
        builder.Services.AddSingleton<ServerVersion>();
        builder.Services.AddSignalR().AddHubOptions<LiveHub>(hub =>
        {
            hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.MaximumReceiveMessageSize = LargestMessageBytes;
        });
    }
}
