namespace Efento.Portal.Tests.Support;

/// <summary>One portal with default settings for all tests of a class; each test uses loggers of its own.</summary>
public sealed class SharedPortal : IAsyncLifetime
{
    /// <summary>The portal.</summary>
    public PortalUnderTest Portal { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Portal = await PortalUnderTest.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
