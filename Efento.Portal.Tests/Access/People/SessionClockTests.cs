using Efento.Portal.Access;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Access.People;

/// <summary>Sessions on a server whose clock is set: they end after the time that really passed.</summary>
public sealed class SessionClockTests : IAsyncLifetime
{
    private readonly SteppedClock _time = new(Some.Now());
    private PortalUnderTest _portal = null!;
    private PeopleClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new()
        {
            Time = _time,
            Settings = { ["Portal:Access:IdleTimeout"] = "01:00:00", ["Portal:Access:SessionLifetime"] = "03:00:00" },
        });
        _admin = await PeopleClient.SignedInAsync(_portal);
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return _portal.DisposeAsync();
    }

    [Theory]
    [InlineData(-29)]
    [InlineData(2)]
    public void Overdue_ClockWasSet_NobodyIsSignedOut(int days)
    {
        _time.Step(TimeSpan.FromDays(days));
        _time.Advance(TimeSpan.FromMinutes(50));

        Assert.Empty(People.Overdue());
    }

    [Theory]
    [InlineData(-29)]
    [InlineData(0)]
    public async Task Overdue_ClockWentBack_EndsAfterTheIdleTimeAllTheSame(int days)
    {
        _time.Step(TimeSpan.FromDays(days));
        _time.Advance(TimeSpan.FromMinutes(61));

        await Until.TrueAsync(() => _portal.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NOT NULL") == 1);
    }

    [Fact]
    public async Task Overdue_RestartedWithAClockThatWentBack_CountsFromTheStart()
    {
        _time.Step(TimeSpan.FromDays(-29));
        await _portal.RestartAsync();
        Assert.Empty(People.Overdue());

        _time.Advance(TimeSpan.FromMinutes(61));

        await Until.TrueAsync(() => _portal.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NOT NULL") == 1);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void LockedUntil_LongerThanAnyLock_IsNone(int minutes, bool isLocked)
    {
        var now = _time.GetUtcNow();

        Assert.Equal(isLocked, new User { CreatedUtc = now, LockoutEnd = now.AddMinutes(minutes) }.LockedUntil(now) is not null);
    }

    private PeopleDirectory People => _portal.Get<PeopleDirectory>();
}
