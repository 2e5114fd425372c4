using System.Security.Authentication;

namespace Efento.Portal.Notifications.Channels;

/// <summary>Why an attempt failed, in the words of the network, the certificate check or the server.</summary>
internal static class FaultWords
{
    /// <summary>The outer words name the host, the inner ones of a failed handshake what is wrong with the certificate.</summary>
    public static string Of(Exception fault) => fault.InnerException switch
    {
        AuthenticationException handshake => handshake.Message,
        { } inner when !fault.Message.Contains(inner.Message, StringComparison.Ordinal) => $"{fault.Message} {inner.Message}",
        _ => fault.Message,
    };
}
