using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Ingest;

/// <summary>Memory is booked with the queue before it is taken.</summary>
public sealed class BodyReaderTests
{
    private const int MiB = 1024 * 1024;
    private const int Token = 1, Other = 2;
    private readonly BodyRoom _room = new(new FixedOptions(new() { QueueBytes = 3 * MiB }), TimeProvider.System);

    [Fact]
    public async Task Read_NoRoom_RefusesBeforeItReads()
    {
        Assert.True(_room.TryTake(Token, 3 * MiB, held: 0));
        var sent = new Body(500);

        using var body = await ReadAsync(sent, announced: 500);

        Assert.Equal((BodyVerdict.NoRoom, 0), (body.Verdict, sent.LargestRoom));
    }

    [Fact]
    public async Task Read_NoRoomToGrow_RefusesBeforeItGrows()
    {
        Assert.True(_room.TryTake(Other, MiB, held: 0));
        var sent = new Body(10 * MiB);

        using var body = await ReadAsync(sent, announced: 10 * MiB);

        Assert.Equal(BodyVerdict.NoRoom, body.Verdict);
        Assert.InRange(sent.LargestRoom, 1, MiB);
    }

    [Fact]
    public async Task Read_MuchAnnouncedAndLittleArrived_TakesLittle()
    {
        var sent = new Waiting();
        var reading = ReadAsync(sent, announced: 2 * MiB);
        await sent.IsRead;

        Assert.True(_room.TryTake(Other, 3 * MiB, held: 0));
        _room.Leave(Other, 3 * MiB);

        sent.End();
        using var body = await reading;
        Assert.Equal(BodyVerdict.Complete, body.Verdict);
    }

    [Theory]
    [InlineData(500L)]
    [InlineData(null)]
    public async Task Read_WhateverWasBooked_IsGivenBack(long? announced)
    {
        using (var body = await ReadAsync(new Body(500), announced))
        {
            Assert.Equal((BodyVerdict.Complete, 500), (body.Verdict, body.Bytes.Length));
            Assert.False(_room.TryTake(Other, 3 * MiB, held: 0));
        }

        Assert.True(_room.TryTake(Other, 3 * MiB, held: 0));
    }

    [Fact]
    public async Task Read_AnnouncedTooLarge_TakesNoRoom()
    {
        using var body = await ReadAsync(new Body(500), announced: 65 * MiB);

        Assert.Equal((BodyVerdict.TooLarge, 65L * MiB), (body.Verdict, body.Size));
        Assert.True(_room.TryTake(Other, 3 * MiB, held: 0));
    }

    private Task<BodyReader> ReadAsync(Stream sent, long? announced)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = sent;
        context.Request.ContentLength = announced;
        return BodyReader.ReadAsync(context, Token, _room, 64 * MiB, TimeProvider.System);
    }

    /// <summary>So many zeros, and the largest room they were ever asked into.</summary>
    private sealed class Body(int length) : MemoryStream(new byte[length])
    {
        public int LargestRoom { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestRoom = Math.Max(LargestRoom, buffer.Length);
            return base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Nothing comes until it ends.</summary>
    private sealed class Waiting : MemoryStream
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsRead => _read.Task;

        public void End() => _end.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _read.TrySetResult();
            await _end.Task;
            return 0;
        }
    }
}
