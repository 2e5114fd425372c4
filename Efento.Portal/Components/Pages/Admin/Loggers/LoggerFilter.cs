using Efento.Portal.Components.Words;
using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>Which loggers the list shows.</summary>
public enum LoggerFilter
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that wait for approval.</summary>
    Held,

    /// <summary>Those answered N.</summary>
    N,

    /// <summary>Those that are retired, or whose point is.</summary>
    Retired,
}

/// <summary>Finds loggers in the list.</summary>
public static class LoggerFilters
{
    /// <summary>What a filter is called.</summary>
    public static string Word(this LoggerFilter filter) => filter switch
    {
        LoggerFilter.Held => LoggersText.FilterHeld,
        LoggerFilter.N => AdministrationWords.Letter(false),
        LoggerFilter.Retired => LoggersText.FilterRetired,
        _ => LoggersText.FilterAll,
    };

    /// <summary>Whether a filter takes a logger.</summary>
    public static bool Takes(this LoggerFilter filter, LoggerOverview logger) => filter switch
    {
        LoggerFilter.Held => logger.Approval is LoggerApproval.Held,
        LoggerFilter.N => !logger.Synchronise,
        LoggerFilter.Retired => logger.RetiredUtc is not null,
        _ => true,
    };

    /// <summary>Whether each word of a search stands in the serial, the point's name, its place or the gateway's name.</summary>
    public static bool IsFound(LoggerOverview logger, string search)
    {
        string?[] texts = [logger.Serial, logger.PointName, logger.Point?.Where, logger.Contact?.GatewayName];
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => texts.Any(text => text?.Contains(word, StringComparison.CurrentCultureIgnoreCase) is true));
    }
}
