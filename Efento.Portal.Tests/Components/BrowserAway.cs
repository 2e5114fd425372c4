using Microsoft.JSInterop;

namespace Efento.Portal.Tests.Components;

/// <summary>How a call of a browser fails that is away.</summary>
public static class BrowserAway
{
    /// <summary>The circuit has ended; the browser has not answered within a minute.</summary>
    public static TheoryData<Exception> Faults => [new JSDisconnectedException("gone"), new TaskCanceledException()];
}
