using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>The names of all loggers as a table, to be changed in a spreadsheet and imported again.</summary>
internal static class NamesDownload
{
    /// <summary>The route.</summary>
    public const string Route = "/downloads/names.csv";

    /// <summary>Maps the download.</summary>
    public static void Map(WebApplication app) => app
        .MapGet(Route, DownloadAsync)
        .ExcludeFromDescription()
        .WithMetadata(new PageMark())
        .RequireAuthorization(Policies.Administer)
        .Audited("names of loggers");

    private static async Task<IResult> DownloadAsync(LoggerQuery loggers, SiteScopes scopes, HttpContext context) =>
        Results.File(
            NamesFile.Write(
                await loggers.ListAsync(scopes.Of(context.User), includeHeld: true, context.RequestAborted), CsvFormat.Of(null)),
            "text/csv; charset=utf-8", "efento-names.csv");
}
