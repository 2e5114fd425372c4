using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Browser;

/// <summary>The time zone of a page: the one the user chose, or else the browser's.</summary>
internal static class PersonZone
{
    /// <summary>Returns the zone; UTC if it is not known on this machine.</summary>
    public static async Task<TimeZoneInfo> ZoneAsync(this IJSRuntime js, ResourceAssetCollection assets, ViewPreferences preferences)
    {
        if (preferences.TimeZone is not { } name)
        {
            var module = await js.ImportAsync(assets, "assets/chart.js");
            name = await module.InvokeAsync<string>("zone");
            await module.ReleaseAsync();
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
