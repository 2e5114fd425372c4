using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// Whether the browser of a circuit is there. While it is not, renderings wait for it but calls to its scripts are lost: pages rest
/// and ask everything anew when it returns.
/// </summary>
public sealed class BrowserPresence : CircuitHandler, IDisposable
{
    private CancellationTokenSource _visit = new();

    /// <summary>The browser is there again; called on the circuit's thread.</summary>
    public event Func<Task>? Returned;

    /// <summary>Whether the browser is there as far as is known: a cut line shows after some seconds.</summary>
    public bool IsHere { get; private set; } = true;

    /// <summary>Ends calls to the browser's scripts when the browser goes: their answers would never come.</summary>
    public CancellationToken UntilItGoes => _visit.Token;

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
