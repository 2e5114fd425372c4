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
}
