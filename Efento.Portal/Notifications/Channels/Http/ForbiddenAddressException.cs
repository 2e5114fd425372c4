using System.Net;

namespace Efento.Portal.Notifications.Channels.Http;

/// <summary>
/// A host has no address to which the channel may connect. An exception, because the HTTP client hands on nothing else.
/// </summary>
internal sealed class ForbiddenAddressException(string host, IEnumerable<IPAddress> addresses) : IOException(
    $"{host} is {string.Join(", ", addresses)}, and this channel may not use private networks.");
