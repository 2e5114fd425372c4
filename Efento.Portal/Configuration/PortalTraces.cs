using System.Diagnostics;

namespace Efento.Portal.Configuration;

/// <summary>The source of the portal's own spans, for whatever exports them. Without an exporter no span is made.</summary>
internal sealed class PortalTraces : IDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "Efento.Portal";

    /// <summary>The source.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();
}
