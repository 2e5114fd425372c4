using System.Collections.Concurrent;
using Efento.Portal.Notifications.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Efento.Portal.Tests.Support;

/// <summary>Takes messages instead of a server, and answers as the test says.</summary>
internal sealed class RecordingSender(ChannelKind kind) : IChannelSender
{
    private readonly ConcurrentQueue<OutgoingMessage> _attempts = new();

    public ChannelKind Kind => kind;

    /// <summary>All attempts, those that failed as well, in this order.</summary>
    public IReadOnlyList<OutgoingMessage> Attempts => [.. _attempts];

    /// <summary>The channel of the last attempt.</summary>
    public ChannelSettings? Last { get; private set; }

    /// <summary>What becomes of an attempt. The default is that it is accepted.</summary>
    public Func<OutgoingMessage, CancellationToken, Task<SendResult>> Answer { get; set; } = (_, _) => Task.FromResult(Accepted);

    public static SendResult Accepted { get; } = new(SendOutcome.Accepted, "250 OK", []);

    public static SendResult TryAgain { get; } = new(SendOutcome.TryAgain, "451 greylisted", []);

    public static SendResult Refused { get; } = new(SendOutcome.Refused, "550 no such mailbox", []);

    public Task<SendResult> SendAsync(ChannelSettings channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        Last = channel;
        _attempts.Enqueue(message);
        return Answer(message, cancellationToken);
    }

    /// <summary>Never answers.</summary>
    public void Hang() => Answer = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Accepted;
    };

    public void AnswerWith(SendResult result) => Answer = (_, _) => Task.FromResult(result);

    /// <summary>What was said to whom, as "event recipient", in this order.</summary>
    public IReadOnlyList<string> Said => [.. Attempts.Select(a => $"{a.EventType["alarm.".Length..]} {a.Recipient}".TrimEnd())];

    /// <summary>Takes the place of all senders of a portal.</summary>
    public static Action<WebApplicationBuilder> Replacing(params RecordingSender[] senders) => builder =>
    {
        builder.Services.RemoveAll<IChannelSender>();
        foreach (var sender in senders)
        {
            builder.Services.AddSingleton<IChannelSender>(sender);
        }
    };
}
