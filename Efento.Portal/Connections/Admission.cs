using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Efento.Portal.Connections;

/// <summary>What a sender whose token is known good is allowed beyond a stranger.</summary>
internal static class Admission
{
    /// <summary>
    /// How fast an answer must be taken, over the whole of it: the weakest links (LTE Cat M1, NB-IoT) carry 100 bytes a second, with pauses.
    /// </summary>
    private static readonly MinDataRate Gentle = new(bytesPerSecond: 50, gracePeriod: TimeSpan.FromMinutes(1));

    /// <summary>
    /// Keeps the connection until the request is answered, and gives it the time that a weak link needs. A stranger has to send and take 240
    /// bytes a second from the sixth second on, as Kestrel has it; the body of a known sender is watched by who reads it. Before it is read.
    /// </summary>
    public static void LetIn(HttpContext context)
    {
        context.Features.Get<OpenConnection>()?.LetIn();
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } receiving)
        {
            receiving.MinDataRate = null;
        }

        // HTTP/2 does not have it.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } sending)
        {
            sending.MinDataRate = Gentle;
        }
    }
}
