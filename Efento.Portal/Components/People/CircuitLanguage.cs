using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Efento.Portal.Components.People;

/// <summary>
/// Handles everything that a browser sends to its circuit in the language of the page, also after the connection was lost and another
/// request carries the circuit.
/// </summary>
internal sealed class CircuitLanguage(ViewPreferences view) : CircuitHandler
{
    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext,
    Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        view.UseLanguage();
        await next(activity);
    };
}
