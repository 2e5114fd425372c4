using System.Collections.Concurrent;
using System.Globalization;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Ranges;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>What the overview is made of at a moment.</summary>
/// <param name="Loggers">The loggers shown, by name.</param>
/// <param name="Tiles">Their tiles by the keys of the loggers.</param>
/// <param name="Held">How many wait for approval.</param>
/// <param name="Hidden">How many are neither shown nor wait.</param>
public sealed record OverviewPicture(IReadOnlyList<LoggerOverview> Loggers, IReadOnlyDictionary<int, Tile> Tiles, int Held, int Hidden);

/// <summary>Makes what the overview shows: for whoever may see everything once after each change, however many pages are open.</summary>
public sealed class OverviewPictures(LoggerQuery loggers, LastDayQuery days, TileMarkup markup, MaintenanceMode maintenance)
{
    private readonly ConcurrentDictionary<(string Culture, Units Units), Made> _made = new();

    /// <summary>The picture of now in the language of whoever asks.</summary>
    public async Task<OverviewPicture> OfAsync(SiteScope scope, Units units)
    {
        var all = await loggers.ListAllAsync(scope);
        var window = maintenance.Current;
        if (scope.IsLimited)
        {
            return await MakeAsync(scope, all, window, units);
        }

        var made = _made.AddOrUpdate(
            (CultureInfo.CurrentUICulture.Name, units),
            _ => Make(),
            (_, before) => ReferenceEquals(before.All, all) && ReferenceEquals(before.Window, window) && !before.Picture.Value.IsFaulted ? before : Make());
        return await made.Picture.Value;

        Made Make() => new(all, window, new Lazy<Task<OverviewPicture>>(() => MakeAsync(scope, all, window, units)));
    }

    private async Task<OverviewPicture> MakeAsync(SiteScope scope, IReadOnlyList<LoggerOverview> all, MaintenanceWindow? window, Units units)
    {
        IReadOnlyList<LoggerOverview> shown = [.. all.Where(l => l.IsShown)];
        var tiles = await markup.OfAsync(shown, window, units, days.Read(scope, shown.Where(l => l.Series.Count > 0).Select(l => l.Series[0].Id)));
        var held = all.Count(l => l is { Approval: LoggerApproval.Held, RetiredUtc: null });
        return new OverviewPicture(shown, tiles, held, all.Count - shown.Count - held);
    }

    private sealed record Made(IReadOnlyList<LoggerOverview> All, MaintenanceWindow? Window, Lazy<Task<OverviewPicture>> Picture);
}
