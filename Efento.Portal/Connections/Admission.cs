using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Efento.Portal.Connections;

/// <summary>The privileges of a sender with a valid token over an unknown sender.</summary>
internal static class Admission
{
    /// <summary>
    /// The lowest average speed at which the client must read a response. The weakest links (LTE Cat M1, NB-IoT) carry 100 bytes a second,
    /// with pauses.
    /// </summary>
    private static readonly MinDataRate WeakLinkRate = new(bytesPerSecond: 50, gracePeriod: TimeSpan.FromMinutes(1));

    /// <summary>
    /// Keeps the connection open until the request is answered, and gives it the time that a weak link needs. An unknown sender must send
    /// and read 240 bytes a second from the sixth second on, which is Kestrel's default. The reader of the body watches the speed of a
    /// known sender. Call this before the body is read.
    /// </summary>
    public static void Admit(HttpContext context)
    {
        context.Features.Get<OpenConnection>()?.Admit();
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } receiving)
        {
            receiving.MinDataRate = null;
        }

        // HTTP/2 does not have this feature.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } sending)
        {
            sending.MinDataRate = WeakLinkRate;
        }
    }
}
