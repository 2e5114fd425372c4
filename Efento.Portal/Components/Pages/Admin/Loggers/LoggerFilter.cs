using Efento.Portal.Components.Words;
using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Which loggers the list shows.</summary>
internal enum LoggerFilter
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Loggers that wait for approval.</summary>
    Held,

    /// <summary>Loggers set to N.</summary>
    N,

    /// <summary>Loggers that are retired, or whose point is retired.</summary>
    Retired,
}

/// <summary>Filters and searches the list.</summary>
internal static class LoggerFilters
{
    /// <summary>The name of a filter.</summary>
    public static string Word(this LoggerFilter filter) => filter switch
    {
        LoggerFilter.Held => LoggersText.FilterHeld,
        LoggerFilter.N => AdministrationWords.Letter(false),
        LoggerFilter.Retired => LoggersText.FilterRetired,
        _ => LoggersText.FilterAll,
    };

    /// <summary>Whether a logger matches a filter.</summary>
    public static bool Takes(this LoggerFilter filter, LoggerOverview logger) => filter switch
    {
        LoggerFilter.Held => logger.Approval is LoggerApproval.Held,
        LoggerFilter.N => !logger.Synchronise,
        LoggerFilter.Retired => logger.RetiredUtc is not null,
        _ => true,
    };

    /// <summary>Whether the serial, the point's name, its place or the gateway's name contains each word of a search.</summary>
    public static bool IsFound(LoggerOverview logger, string search)
    {
        string?[] texts = [logger.Serial, logger.PointName, logger.Point?.Where, logger.Contact?.GatewayName];
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => texts.Any(text => text?.Contains(word, StringComparison.CurrentCultureIgnoreCase) is true));
    }
}
