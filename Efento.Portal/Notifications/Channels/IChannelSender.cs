namespace Efento.Portal.Notifications.Channels;

/// <summary>Sends messages through channels of one kind.</summary>
internal interface IChannelSender
{
    ChannelKind Kind { get; }

    /// <summary>
    /// Makes one attempt. Every fault of the network, a name, a certificate or the other server is a result. Nothing is thrown but
    /// <see cref="OperationCanceledException"/> of the given token.
    /// </summary>
    Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken);
}
