using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Ingest;

public sealed class IngestQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly IngestOptions _options = new() { QueueMessages = 3, QueueReadings = 10 };

    [Fact]
    public void TryEnqueue_MoreMessagesThanAllowed_IsRefused()
    {
        var queue = Queue();
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(queue.TryEnqueue(Message(1), out var _)));

        Assert.False(queue.TryEnqueue(Message(1), out var refusal));
        Assert.NotNull(refusal);
    }

    [Fact]
    public void TryEnqueue_MoreReadingsThanAllowed_IsRefused()
    {
        var queue = Queue();
        Assert.True(queue.TryEnqueue(Message(8), out _));

        Assert.False(queue.TryEnqueue(Message(3), out _));
    }

    [Fact]
    public void TryEnqueue_OneLargerThanTheLimit_IsLetInBesideOthers()
    {
        var queue = Queue();
        Assert.True(queue.TryEnqueue(Message(5), out _));

        Assert.True(queue.TryEnqueue(Message(60), out _));
        Assert.False(queue.TryEnqueue(Message(60), out _));
    }

    [Fact]
    public void TryEnqueue_BesideAMessageLargerThanTheLimit_OthersAreLetIn()
    {
        var queue = Queue();
        Assert.True(queue.TryEnqueue(Message(60), out _));

        Assert.True(queue.TryEnqueue(Message(2), out _));
    }

    [Fact]
    public void TryEnqueue_OldestTooOld_IsRefusedUntilDone()
    {
        var queue = Queue();
        Assert.True(queue.TryEnqueue(Message(1), out _));
        _time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.False(queue.TryEnqueue(Message(1), out _));
        List<PendingMessage> batch = [];
        queue.TakeAll(batch);
        Assert.False(queue.TryEnqueue(Message(1), out _));

        queue.Done(batch.Count);

        Assert.True(queue.TryEnqueue(Message(1), out _));
    }

    [Fact]
    public async Task Close_WhatWaits_IsStillTakenButNothingMore()
    {
        var queue = Queue();
        Assert.True(queue.TryEnqueue(Message(1), out _));

        queue.Close();

        Assert.False(queue.TryEnqueue(Message(1), out _));
        Assert.True(await queue.WaitAsync(CancellationToken.None));
        List<PendingMessage> batch = [];
        queue.TakeAll(batch);
        Assert.Single(batch);
        Assert.False(await queue.WaitAsync(CancellationToken.None));
    }

    private IngestQueue Queue() => new(new FixedOptions(_options), _time);

    private static PendingMessage Message(int readings) => new()
    {
        TokenId = 1,
        Address = "127.0.0.1",
        Route = "/api/v4/measurements",
        ReceivedMs = 0,
        Body = default,
        Measurements = new ParsedMessage
        {
            Records = [],
            Params = new ParsedParam[readings],
            Handles = [],
            Rejects = [],
            Shape = default,
        },
    };
}
