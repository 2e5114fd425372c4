using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Measurements;

public sealed class MessageIdTests
{
    private static readonly long Ms = Some.Start.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Next_OfOneWriter_AscendsAndKeepsItsNumber(int writer)
    {
        List<long> ids = [0];
        for (var i = 0; i < 5_000; i++)
        {
            // The clock stands, goes on, and steps back.
            ids.Add(MessageId.Next(Ms + (i % 700 / 200 * 3), ids[^1], writer));
        }

        Assert.Equal(ids.Order().Distinct(), ids);
        Assert.All(ids.Skip(1), id => Assert.Equal(writer, (id >> 10) & 3));
    }

    [Fact]
    public void Next_OfAllWritersInOneMillisecond_IsDifferent()
    {
        var ids = Enumerable.Range(0, MessageId.Writers).SelectMany(writer => Ids(writer, 3 * MessageId.MessagesInMillisecond)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Next_FullQueue_FitsIntoOneMillisecond() =>
        Assert.Equal(Ms, MessageId.Milliseconds(Ids(0, new IngestOptions().QueueMessages).Last()));

    [Fact]
    public void Next_MillisecondIsFull_BorrowsFromTheNext() =>
        Assert.Equal(MessageId.First(Ms + 1), Ids(0, MessageId.MessagesInMillisecond + 1).Last());

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1023, 4096)]
    [InlineData(1024, 4096)]
    [InlineData(4095, 4096)]
    public void Next_AfterAnIdThatUsesAllLowBits_IsAboveItAndOfWriter0(int low, int next) =>
        Assert.Equal(MessageId.First(Ms) + next, MessageId.Next(Ms, MessageId.First(Ms) + low));

    [Fact]
    public void Next_In2088_IsExactInJson() =>
        Assert.True(
            MessageId.Next(
                new DateTimeOffset(2088, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 0, MessageId.Writers - 1) < 1L << 53);

    private static IEnumerable<long> Ids(int writer, int count)
    {
        var last = 0L;
        return [.. Enumerable.Range(0, count).Select(_ => last = MessageId.Next(Ms, last, writer))];
    }
}
