using Efento.Portal.Arrivals;

namespace Efento.Portal.Tests.Arrivals;

public sealed class ArrivalQueueTests
{
    private readonly ArrivalQueue _queue = new();

    [Fact]
    public void Put_InOrder_IsTakenInOrder()
    {
        _queue.Put(Batch(0, 1));
        _queue.Put(Batch(1, 2));

        Assert.Equal([1, 2], TakeAll());
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void Put_MoreBatchesThanMayWait_HoldsNoneAndIsBehind()
    {
        for (var id = 0; id <= ArrivalQueue.MostBatches; id++)
        {
            _queue.Put(Batch(id, id + 1));
        }

        Assert.Equal((0, true), (_queue.Count, _queue.IsBehind));
    }

    [Fact]
    public void Put_MoreSpansThanMayWait_HoldsNoneAndIsBehind()
    {
        _queue.Put(Batch(0, 1, ArrivalQueue.MostSpans));
        _queue.Put(Batch(1, 2, 1));

        Assert.Equal((0, true), (_queue.Count, _queue.IsBehind));
    }

    [Fact]
    public void Put_WhileBehind_IsHeldUntilTheLedgerReachesIt()
    {
        _queue.Reach(5);
        _queue.Put(Batch(5, 6));
        _queue.Put(Batch(6, 7));

        Assert.Empty(TakeAll());
        Assert.False(_queue.TryCatchUp(4));
        Assert.Empty(TakeAll());
        Assert.True(_queue.TryCatchUp(6));
        Assert.Equal([7], TakeAll());
    }

    [Fact]
    public void TryCatchUp_WithinABatch_DeliversItAsAWhole()
    {
        _queue.Reach(5);
        _queue.Put(Batch(5, 9));

        Assert.True(_queue.TryCatchUp(7));
        Assert.Equal([9], TakeAll());
    }

    [Fact]
    public void Put_OneIsMissingWhileBehind_IsReadFromTheLedger()
    {
        _queue.Reach(5);
        _queue.Put(Batch(5, 6));
        _queue.Put(Batch(7, 8));

        Assert.False(_queue.TryCatchUp(6));
        Assert.True(_queue.TryCatchUp(8));
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void Put_MoreThanMayWaitWhileBehind_HoldsLittle()
    {
        _queue.Reach(5);
        _queue.Put(Batch(5, 6, ArrivalQueue.MostSpans));
        _queue.Put(Batch(6, 7, 1));

        Assert.Equal((0, true), (_queue.Count, _queue.IsBehind));
    }

    [Fact]
    public void Put_BatchBeforeItIsMissing_IsBehind()
    {
        _queue.Put(Batch(0, 1));
        _queue.Put(Batch(2, 3));

        Assert.Equal((0, true), (_queue.Count, _queue.IsBehind));
    }

    [Fact]
    public void Reach_MessageNobodyPutIn_IsBehindUntilItIsRead()
    {
        _queue.Put(Batch(0, 1));
        _queue.Reach(1);
        Assert.False(_queue.IsBehind);

        _queue.Reach(2);

        Assert.True(_queue.IsBehind);
        Assert.False(_queue.TryCatchUp(1));
        Assert.True(_queue.TryCatchUp(2));
        _queue.Put(Batch(2, 3));
        Assert.Equal([3], TakeAll());
    }

    [Fact]
    public void Begin_OthersWereStoredSince_IsBehind()
    {
        _queue.Begin(after: 4, lastId: 9);

        Assert.True(_queue.IsBehind);
    }

    [Fact]
    public void Skip_Behind_HoldsWhatComesNext()
    {
        _queue.Begin(after: 4, lastId: 9);

        Assert.Equal(9, _queue.Skip());
        _queue.Put(Batch(9, 10));
        Assert.Equal([10], TakeAll());
    }

    private static ArrivalBatch Batch(long after, long last, int spans = 0) => new(after, last, new ArrivalSpan[spans]);

    private List<long> TakeAll()
    {
        List<long> taken = [];
        while (_queue.TryTake(out var batch))
        {
            taken.Add(batch.LastId);
        }

        return taken;
    }
}
