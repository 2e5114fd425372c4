using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Browser;

/// <summary>The zone in which a page shows its times: the one somebody chose, else their browser's.</summary>
public static class PersonZone
{
    /// <summary>Tells it; UTC where the zone is not known here.</summary>
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
