using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Browser;

/// <summary>Access to the portal's own scripts (wwwroot-assets/src) from components.</summary>
internal static class BrowserModules
{
    /// <summary>
    /// Imports a script under the same fingerprinted address as in the page's script tag. Under another address the browser would create a
    /// second instance.
    /// </summary>
    public static ValueTask<IJSObjectReference> ImportAsync(this IJSRuntime js, ResourceAssetCollection assets, string path) =>
        js.InvokeAsync<IJSObjectReference>("import", "./" + assets[path]);

    /// <summary>
    /// Whether a call failed because the browser is not connected: the circuit has ended, or the browser did not answer within a minute,
    /// such as a phone that sleeps. Nothing is wrong with the page then, and the circuit must continue, because the browser may return.
    /// </summary>
    public static bool MeansAway(this Exception exception) => exception is JSDisconnectedException or OperationCanceledException;

    /// <summary>Disposes a script's object. If the browser is not connected, the object disappears together with its page.</summary>
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
        catch (Exception exception) when (exception.MeansAway())
        {
            return;
        }
    }
}
