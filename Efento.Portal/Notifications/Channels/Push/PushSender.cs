namespace Efento.Portal.Notifications.Channels.Push;

/// <summary>
/// Sends messages to all devices of a person. One that takes the message is enough: the person is told, and what another device missed is
/// on the page that the message leads to.
/// </summary>
internal sealed class PushSender(PushPost post, IPushDevices devices) : IChannelSender
{
    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Push;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var address = message.Recipient ?? "";
        var route = await devices.RouteAsync(address, cancellationToken);
        if (route.Devices.Count == 0)
        {
            return new(SendOutcome.NoDevice, $"{address} has no device on which messages are turned on.", []);
        }

        var attempts = await Task.WhenAll(route.Devices.Select(
            async device => (Device: device, Made: await post.SendAsync(channel, route, device, message, cancellationToken))));
        await devices.NoteAsync(attempts.ToDictionary(a => a.Device.Id, a => a.Made.Fate), cancellationToken);
        return Together([.. attempts.Select(a => (a.Device.Name, a.Made.Result))]);
    }

    private static SendResult Together(IReadOnlyList<(string Name, SendResult Result)> all)
    {
        var outcome = all.Min(a => a.Result.Outcome);
        return new(
            outcome,
            string.Join("; ", all.OrderBy(a => a.Result.Outcome).Select(a => $"{a.Name}: {a.Result.Answer}")),
            [.. all.SelectMany(a => a.Result.Conversation.Prepend($"* {a.Name}"))])
        {
            RetryAfter = outcome is SendOutcome.TryAgain ? all.Max(a => a.Result.RetryAfter) : null,
        };
    }
}
