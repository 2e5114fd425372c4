namespace Efento.Portal.Live;

/// <summary>The keyed change feed.</summary>
internal static class LiveSetup
{
    public static void AddLive(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<LiveFeed>();
}
