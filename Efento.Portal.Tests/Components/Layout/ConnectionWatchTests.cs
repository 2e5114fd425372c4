using Bunit;
using Efento.Portal.Components.Layout;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Components.Layout;

public sealed class ConnectionWatchTests : PageContext
{
    public ConnectionWatchTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Noon));

    [Fact]
    public void Beat_TellsTheServersTime() =>
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), Render<ConnectionWatch>().Instance.BeatAsync());

    [Fact]
    public void FirstRender_HandsItselfToTheWatchdog()
    {
        var portal = JSInterop.SetupModule("./assets/portal.js");
        portal.SetupVoid("watch", _ => true).SetVoidResult();

        Render<ConnectionWatch>();

        Assert.Single(portal.Invocations["watch"]);
    }

    [Theory, MemberData(nameof(BrowserAway.Faults), MemberType = typeof(BrowserAway))]
    public void FirstRender_BrowserAway_IsNoError(Exception away)
    {
        var portal = JSInterop.SetupModule("./assets/portal.js");
        portal.SetupVoid("watch", _ => true).SetException(away);

        Render<ConnectionWatch>();

        Assert.Single(portal.Invocations["watch"]);
    }
}
