using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Efento.Portal.Components.People;

/// <summary>
/// Whatever a browser asks of its circuit is answered in the language of the page, also after the line was cut and another request carries it.
/// </summary>
internal sealed class CircuitLanguage(ViewPreferences view) : CircuitHandler
{
    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        view.Speak();
        await next(activity);
    };
}
