using System.Net;
using Efento.Portal.Access;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access;

public sealed class RefusalCounterTests
{
    private readonly IPAddress _sender = IPAddress.Parse("192.0.2.1");
    private readonly IPAddress _other = IPAddress.Parse("192.0.2.2");
    private readonly FakeTimeProvider _time = new();
    private readonly RefusalCounter _refusals;

    public RefusalCounterTests() => _refusals = new RefusalCounter(_time);

    [Fact]
    public void Recent_SameSenderAgain_IsCounted()
    {
        _refusals.Count(_sender, new TokenCheck(TokenVerdict.Unknown));
        _time.Advance(TimeSpan.FromSeconds(5));
        _refusals.Count(_sender, new TokenCheck(TokenVerdict.Unknown));

        Assert.Equal([new RecentRefusal("192.0.2.1", TokenVerdict.Unknown, 2, _time.GetUtcNow())], _refusals.Recent(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Recent_Several_TheLastComesFirst()
    {
        _refusals.Count(_sender, new TokenCheck(TokenVerdict.Missing));
        _time.Advance(TimeSpan.FromSeconds(5));
        _refusals.Count(_other, new TokenCheck(TokenVerdict.Revoked));

        Assert.Equal(["192.0.2.2", "192.0.2.1"], _refusals.Recent(TimeSpan.FromHours(1)).Select(r => r.Address));
    }

    [Fact]
    public void Recent_LongAgo_IsLeftOut()
    {
        _refusals.Count(_sender, new TokenCheck(TokenVerdict.Missing));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Empty(_refusals.Recent(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%2", "fe80::2%3", "fe80::/64")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1")]
    public void Recent_AddressesOfOneSender_AreCountedTogether(string one, string another, string sender)
    {
        _refusals.Count(IPAddress.Parse(one), new TokenCheck(TokenVerdict.Unknown));
        _refusals.Count(IPAddress.Parse(another), new TokenCheck(TokenVerdict.Unknown));

        Assert.Equal([new RecentRefusal(sender, TokenVerdict.Unknown, 2, _time.GetUtcNow())], _refusals.Recent(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2")]
    public void Recent_AddressesOfDifferentSenders_AreCountedApart(string one, string another)
    {
        _refusals.Count(IPAddress.Parse(one), new TokenCheck(TokenVerdict.Unknown));
        _refusals.Count(IPAddress.Parse(another), new TokenCheck(TokenVerdict.Unknown));

        Assert.Equal(2, _refusals.Recent(TimeSpan.FromHours(1)).Count);
    }

    [Fact]
    public void Recent_ThisMachine_IsNamedByItsAddress()
    {
        _refusals.Count(IPAddress.IPv6Loopback, new TokenCheck(TokenVerdict.Unknown));

        Assert.Equal("::1", Assert.Single(_refusals.Recent(TimeSpan.FromHours(1))).Address);
    }

    [Fact]
    public void Count_MoreAddressesThanKept_GrowsNoFurther()
    {
        for (var i = 0; i <= RefusalCounter.MostAddresses; i++)
        {
            _refusals.Count(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), new TokenCheck(TokenVerdict.Unknown));
        }

        for (var i = 0; i < 500; i++)
        {
            _refusals.Count(IPAddress.Parse($"2001:db8:0:{i:x}::1"), new TokenCheck(TokenVerdict.Unknown));
        }

        Assert.InRange(_refusals.Size, RefusalCounter.MostAddresses, RefusalCounter.MostAddresses + 1);
        Assert.Equal(501, _refusals.Recent(TimeSpan.FromHours(1)).Single(r => r.Address == "others").Count);
    }

    [Fact]
    public void Count_ManyAtOnce_LosesNone()
    {
        Parallel.For(0, 20_000, i => _refusals.Count(i % 2 == 0 ? _sender : _other, new TokenCheck(TokenVerdict.Unknown)));

        Assert.Equal([10_000, 10_000], _refusals.Recent(TimeSpan.FromHours(1)).Select(r => r.Count));
        Assert.Equal(2, _refusals.Size);
    }

    [Fact]
    public void Count_KnownSenderAgain_AllocatesItsNameAtMost()
    {
        var check = new TokenCheck(TokenVerdict.Unknown);
        _refusals.Count(_sender, check);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            _refusals.Count(_sender, check);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000 * 64);
    }
}
