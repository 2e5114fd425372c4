using Efento.Portal.Arrivals;

namespace Efento.Portal.History;

/// <summary>What was measured and heard over any time, and why something is missing.</summary>
internal static class HistorySetup
{
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadingsQuery>();
        builder.Services.AddSingleton<RangeReader>();
        builder.Services.AddArrivalConsumer<LastDayQuery>();
        builder.Services.AddSingleton<RangeQuery>();
        builder.Services.AddSingleton<TableQuery>();
        builder.Services.AddSingleton<TogetherQuery>();
        builder.Services.AddSingleton<DeviceQuery>();
        builder.Services.AddSingleton<GatewayHistoryQuery>();
    }
}
