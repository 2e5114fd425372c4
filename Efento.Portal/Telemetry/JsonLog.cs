using Efento.Portal.Configuration;

namespace Efento.Portal.Telemetry;

/// <summary>The log as JSON, an object in each line, for programs that collect logs.</summary>
internal static class JsonLog
{
    /// <summary>Turns it on if the settings say so. A wrong setting is reported when all are checked.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        var form = builder.Configuration[$"{PortalOptions.Section}:{nameof(PortalOptions.Telemetry)}:{nameof(TelemetryOptions.Log)}"];
        if (nameof(LogForm.Json).Equals(form?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            builder.Logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
    }
}
