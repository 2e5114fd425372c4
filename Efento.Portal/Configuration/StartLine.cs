using Microsoft.Extensions.Options;

namespace Efento.Portal.Configuration;

/// <summary>The first line of the log: which program runs, and where its data is.</summary>
internal static partial class StartLine
{
    /// <summary>Logs the line.</summary>
    public static void LogStart(this WebApplication app)
    {
        var version = typeof(StartLine).Assembly.GetName().Version!.ToString(3);
        var options = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        var zone = options.Telemetry.Log is LogForm.Json ? "UTC" : TimeZoneInfo.Local.Id;
        Log(app.Logger, version, Environment.Version.ToString(), Path.GetFullPath(options.DataDirectory), zone);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Efento Portal {Version} on .NET {Runtime} starts; its data is in {Directory}, and times in this log are those of {Zone}")]
    private static partial void Log(ILogger logger, string version, string runtime, string directory, string zone);
}
