using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Browser;

/// <summary>Reaching the portal's own scripts (wwwroot-assets/src) from components.</summary>
public static class BrowserModules
{
    /// <summary>
    /// Imports a script under its fingerprinted address, the same as in the page's script tag: another address would be another instance.
    /// </summary>
    public static ValueTask<IJSObjectReference> ImportAsync(this IJSRuntime js, ResourceAssetCollection assets, string path) =>
        js.InvokeAsync<IJSObjectReference>("import", "./" + assets[path]);

    /// <summary>Lets go of a script's object; a browser that is gone has done so by itself.</summary>
    public static async ValueTask ReleaseAsync(this IJSObjectReference? reference, string? farewell = null)
    {
        if (reference is null)
        {
            return;
        }

        try
        {
            if (farewell is not null)
            {
                await reference.InvokeVoidAsync(farewell);
            }

            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The circuit ended first, and the page with everything in it.
            return;
        }
    }
}
