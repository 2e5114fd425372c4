using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.ReadApi;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Efento.Portal.History;

/// <summary>Finds the logger of a path <c>loggers/{serial}/…</c>.</summary>
internal static class LoggerAddress
{
    /// <summary>The logger, held ones too; null if there is none with the serial of the path or the caller may not see it.</summary>
    public static LoggerEntry? Find(HttpContext context, string serial, LoggerDirectory loggers, SiteScope scope)
    {
        serial = SerialOf(context) ?? serial;
        return (loggers.TryGet(serial, out var logger) || loggers.TryGet(SerialNumber.Fold(serial), out logger))
            && scope.SeesLogger(logger.Id)
            ? logger
            : null;
    }

    /// <summary>The answer if there is none.</summary>
    public static NotFound<ApiError> Unknown(HttpContext context, string serial) =>
        TypedResults.NotFound(new ApiError($"There is no logger {SerialOf(context) ?? serial}."));

    /// <summary>
    /// The serial as written in the path. The server unescapes everything except an escaped slash. So in routing values, an escaped slash
    /// looks the same as an escaped percent sign followed by "2F".
    /// </summary>
    private static string? SerialOf(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/').Split('/') is [.., var segment, _]
            ? Uri.UnescapeDataString(segment)
            : null;
}
