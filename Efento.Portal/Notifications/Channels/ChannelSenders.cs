namespace Efento.Portal.Notifications.Channels;

/// <summary>Sends messages through channels of every kind.</summary>
internal sealed class ChannelSenders(IEnumerable<IChannelSender> senders)
{
    private readonly Dictionary<ChannelKind, IChannelSender> _senders = senders.ToDictionary(sender => sender.Kind);

    /// <summary>Makes one attempt; see <see cref="IChannelSender.SendAsync"/>. A kind that nobody sends for is refused.</summary>
    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken) =>
        _senders.TryGetValue(channel.Kind, out var sender)
            ? sender.SendAsync(channel, message, cancellationToken)
            : Task.FromResult(NoSender(channel.Kind));

    private static SendResult NoSender(ChannelKind kind) =>
        new(SendOutcome.Refused, $"The portal has no sender for channels of the kind {kind}.", []);
}
