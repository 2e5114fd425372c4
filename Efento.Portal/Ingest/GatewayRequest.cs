using System.Net;
using Efento.Portal.Access;

namespace Efento.Portal.Ingest;

/// <summary>A request with a valid token whose body is not read yet.</summary>
/// <param name="Context">The request.</param>
/// <param name="From">The sender's address.</param>
/// <param name="Pass">What its token allows.</param>
/// <param name="ReceivedMs">When its head was read, Unix ms.</param>
/// <param name="IsHeartbeat">Whether it came to a heartbeat path.</param>
internal sealed record GatewayRequest(HttpContext Context, IPAddress From, GatewayPass Pass, long ReceivedMs, bool IsHeartbeat);
