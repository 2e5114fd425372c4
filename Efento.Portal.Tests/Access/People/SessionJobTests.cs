using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Access.People;

public sealed class SessionJobTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Start);
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

    [Fact]
    public async Task Session_Idle_EndsWithItsEntry()
    {
        _time.Advance(TimeSpan.FromMinutes(61));

        await Until.TrueAsync(() => Ended() == 1);

        Assert.False(await IsSignedInAsync());
        Assert.Equal(["Efento Portal|admin@portal.test"], Entries("signed out after idle time"));
    }

    [Fact]
    public async Task Session_Idle_OpensNothingBeforeItIsEnded()
    {
        // Without a tick of the keeper.
        _time.SetUtcNow(_time.GetUtcNow().AddMinutes(61));

        Assert.False(await IsSignedInAsync());
    }

    [Fact]
    public async Task Session_InUse_GoesOnUntilItsLongestTime()
    {
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal(HttpStatusCode.NoContent, await TellActiveAsync());
        }

        _time.Advance(TimeSpan.FromMinutes(31));
        await Until.TrueAsync(() => Ended() == 1);

        Assert.Equal(["Efento Portal|admin@portal.test"], Entries("signed out after the longest time"));
    }

    [Fact]
    public async Task Page_OpenedWithoutInput_IsNoActivity()
    {
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.True(await IsSignedInAsync());
        _time.Advance(TimeSpan.FromMinutes(11));

        await Until.TrueAsync(() => Ended() == 1);
    }

    [Fact]
    public async Task Activity_IsWrittenAndOutlivesARestart()
    {
        _time.Advance(TimeSpan.FromMinutes(50));
        await TellActiveAsync();
        await _portal.RestartAsync();
        _time.Advance(TimeSpan.FromMinutes(50));

        var key = _portal.Get<PeopleDirectory>().Activity();

        Assert.Equal(_time.GetUtcNow().AddMinutes(-50).ToUnixTimeMilliseconds(), Assert.Single(key).Value.ToUnixTimeMilliseconds());
        Assert.Equal(0, Ended());
    }

    [Fact]
    public async Task Activity_OfNobody_IsRefused()
    {
        using var nobody = new PeopleClient(_portal.Address);

        using var answer = await nobody.PostAsync(PeopleEndpoints.ActivePath);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<bool> IsSignedInAsync()
    {
        using var page = await _admin.GetAsync("gateways");
        return page.StatusCode is HttpStatusCode.OK;
    }

    private async Task<HttpStatusCode> TellActiveAsync()
    {
        using var answer = await _admin.PostAsync(PeopleEndpoints.ActivePath);
        return answer.StatusCode;
    }

    private long Ended() => _portal.Database.Scalar<long>("SELECT count(*) FROM session WHERE ended_utc IS NOT NULL");

    private IReadOnlyList<string> Entries(string action) =>
        _portal.Database.Lines("SELECT actor, subject FROM audit_entry WHERE action = $0", action);
}
