using Microsoft.Extensions.Options;

namespace Efento.Portal.Configuration;

/// <summary>The first line of the log: which program runs, and where its data is.</summary>
internal static partial class StartLine
{
    /// <summary>Logs the line.</summary>
    public static void LogStart(this WebApplication app)
    {
        var version = typeof(StartLine).Assembly.GetName().Version!.ToString(3);
        var directory = Path.GetFullPath(app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.DataDirectory);
        Log(app.Logger, version, Environment.Version.ToString(), directory, TimeZoneInfo.Local.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Efento Portal {Version} on .NET {Runtime} starts; its data is in {Directory}, and times in this log are those of {Zone}")]
    private static partial void Log(ILogger logger, string version, string runtime, string directory, string zone);
}
