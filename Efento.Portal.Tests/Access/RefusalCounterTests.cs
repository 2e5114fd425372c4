using Efento.Portal.Access;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access;

public sealed class RefusalCounterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RefusalCounter _refusals;

    public RefusalCounterTests() => _refusals = new RefusalCounter(_time);

    [Fact]
    public void Recent_SameSenderAgain_IsCounted()
    {
        _refusals.Count("192.0.2.1", new TokenCheck(TokenVerdict.Unknown));
        _time.Advance(TimeSpan.FromSeconds(5));
        _refusals.Count("192.0.2.1", new TokenCheck(TokenVerdict.Unknown));

        Assert.Equal([new RecentRefusal("192.0.2.1", TokenVerdict.Unknown, 2, _time.GetUtcNow())], _refusals.Recent(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Recent_Several_TheLastComesFirst()
    {
        _refusals.Count("192.0.2.1", new TokenCheck(TokenVerdict.Missing));
        _time.Advance(TimeSpan.FromSeconds(5));
        _refusals.Count("192.0.2.2", new TokenCheck(TokenVerdict.Revoked));

        Assert.Equal(["192.0.2.2", "192.0.2.1"], _refusals.Recent(TimeSpan.FromHours(1)).Select(r => r.Address));
    }

    [Fact]
    public void Recent_LongAgo_IsLeftOut()
    {
        _refusals.Count("192.0.2.1", new TokenCheck(TokenVerdict.Missing));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Empty(_refusals.Recent(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Count_MoreAddressesThanKept_GrowsNoFurther()
    {
        for (var i = 0; i <= RefusalCounter.MostAddresses; i++)
        {
            _refusals.Count($"10.{i >> 16}.{i >> 8 & 255}.{i & 255}", new TokenCheck(TokenVerdict.Unknown));
        }

        for (var i = 0; i < 500; i++)
        {
            Assert.False(_refusals.Count($"2001:db8::{i:x}", new TokenCheck(TokenVerdict.Unknown)));
        }

        Assert.InRange(_refusals.Size, RefusalCounter.MostAddresses, RefusalCounter.MostAddresses + 1);
        Assert.Equal(501, _refusals.Recent(TimeSpan.FromHours(1)).Single(r => r.Address == "others").Count);
    }

    [Fact]
    public void Count_OftenWithinAMinute_SaysToHangUp()
    {
        Assert.All(Enumerable.Range(0, RefusalCounter.MostPerMinute), _ => Assert.False(Knock()));
        Assert.True(Knock());

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(Knock());

        bool Knock() => _refusals.Count("192.0.2.1", new TokenCheck(TokenVerdict.Unknown));
    }
}
