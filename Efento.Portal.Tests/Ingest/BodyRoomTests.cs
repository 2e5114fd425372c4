using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Ingest;

public sealed class BodyRoomTests
{
    private const int MiB = 1024 * 1024;
    private readonly FakeTimeProvider _time = new();
    private readonly BodyRoom _room;

    public BodyRoomTests() => _room = new(new FixedOptions(new() { QueueBytes = 12 * MiB }), _time);

    [Fact]
    public void TryTake_MoreThanIsLeftToOthers_IsRefusedUntilRoomIsGivenBack()
    {
        Assert.True(_room.TryTake(1, 6 * MiB, held: 0));
        Assert.False(_room.TryTake(1, MiB, held: 0));

        _room.Leave(1, 3 * MiB);

        Assert.True(_room.TryTake(1, MiB, held: 0));
    }

    [Fact]
    public void TryTake_TheOnlyBody_MayBeOfAnySize()
    {
        Assert.True(_room.TryTake(1, 5 * MiB, held: 0));
        Assert.True(_room.TryTake(1, 50 * MiB, held: 5 * MiB));
    }

    [Fact]
    public void TryTake_OneTokenTookItsShare_OthersHaveRoom()
    {
        Fill(token: 1, MiB);

        Assert.True(_room.TryTake(2, 3 * MiB, held: 0));
    }

    [Fact]
    public void TryTake_LargeBodiesTookTheShare_SmallOnesOfTheSameTokenGetIn()
    {
        Fill(token: 1, MiB);

        Assert.True(_room.TryTake(1, BodyRoom.Small, held: 0));
    }

    [Fact]
    public void TryTake_FourTokensFillTheirShares_AFifthHasRoom()
    {
        foreach (var token in (int[])[1, 2, 3, 4])
        {
            Fill(token, MiB);
            Fill(token, BodyRoom.Small);
        }

        Assert.True(_room.TryTake(5, 4096, held: 0));
    }

    [Fact]
    public void Fault_AfterARefusal_IsToldForAWhile()
    {
        Assert.Null(_room.Fault);
        Fill(token: 1, MiB);
        Assert.NotNull(_room.Fault);

        _time.Advance(TimeSpan.FromSeconds(16));

        Assert.Null(_room.Fault);
    }

    private void Fill(int token, int portion)
    {
        while (_room.TryTake(token, portion, held: 0))
        {
        }
    }
}
