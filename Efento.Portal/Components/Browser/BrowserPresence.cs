using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// Tracks whether the browser of a circuit is connected. While it is not, renderings are kept for it but calls to its scripts are lost.
/// Pages therefore pause, and load everything again when the browser returns.
/// </summary>
public sealed class BrowserPresence : CircuitHandler, IDisposable
{
    private CancellationTokenSource _visit = new();

    /// <summary>Occurs when the browser has returned, on the circuit's thread.</summary>
    public event Func<Task>? Returned;

    /// <summary>Whether the browser is connected, as far as is known: a broken connection is noticed after some seconds.</summary>
    public bool IsHere { get; private set; } = true;

    /// <summary>Cancels calls to the browser's scripts when the browser disconnects, because they would never return.</summary>
    public CancellationToken Disconnected => _visit.Token;

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsHere = false;
        return _visit.CancelAsync();
    }

    /// <inheritdoc/>
    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (IsHere)
        {
            return;
        }

        IsHere = true;
        _visit.Dispose();
        _visit = new CancellationTokenSource();
        foreach (var page in Returned?.GetInvocationList().Cast<Func<Task>>() ?? [])
        {
            await page();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _visit.Dispose();
}
