using Efento.Portal.Data;
using Efento.Portal.Ingest;

namespace Efento.Portal.Tests.Support;

/// <summary>Holds the portal's only writing connection, as a disk that hangs would, until it is disposed.</summary>
public sealed class StalledWriter : IDisposable
{
    private readonly WriteLease _lease;

    private StalledWriter(WriteLease lease) => _lease = lease;

    /// <summary>Stalls a portal's writes.</summary>
    public static async Task<StalledWriter> OfAsync(PortalUnderTest portal) => new(await portal.Get<WriteGate>().EnterAsync());

    /// <summary>Waits until so many messages wait for their commit.</summary>
    public static Task UntilWaitingAsync(PortalUnderTest portal, int messages) =>
        Until.TrueAsync(() => portal.Get<IngestQueue>().Waiting == messages);

    /// <inheritdoc/>
    public void Dispose() => _lease.Dispose();
}
