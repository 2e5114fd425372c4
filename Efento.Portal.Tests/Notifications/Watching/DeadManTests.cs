using Efento.Portal.Access;
using Efento.Portal.Maintenance;
using Efento.Portal.Notifications.Watching;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Notifications.Watching;

/// <summary>The dead-man address is called while the portal watches, and not a moment longer.</summary>
public sealed class DeadManTests : NotificationContext
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Calls_WhileThePortalWatches_ComeEveryFewMinutes(string method)
    {
        await using var other = await HttpReceiver.StartAsync();
        await ImportAsync(Document(other.Address, method));
        var began = Time.GetUtcNow();

        await PassUntilAsync(() => other.Requests.Count == 4);

        Assert.All(other.Requests, r => Assert.Equal((method, "/ping/7f3a"), (r.Method, r.Path)));
        Assert.True(Time.GetUtcNow() - began >= TimeSpan.FromMinutes(15), "three times five minutes");
        await Until.TrueAsync(() => Board.State is { CalledUtc: not null, Failures: 0 });
    }

    [Fact]
    public async Task Calls_ToPrivateNetworks_NeedThePermission()
    {
        await using var other = await HttpReceiver.StartAsync();
        await ImportAsync(Document(other.Address, "GET", allows: false));

        await PassUntilAsync(() => Board.State is { Failures: > 0 });

        Assert.Empty(other.Requests);
        Assert.Contains("may not use private networks", Board.State!.FailureAnswer);
    }

    [Fact]
    public async Task Calls_FollowNoRedirect_AndShowNoSecret()
    {
        await using var elsewhere = await HttpReceiver.StartAsync();
        await using var other = await HttpReceiver.StartAsync();
        other.Answer = context =>
        {
            context.Response.Redirect($"{elsewhere.Address}ping/7f3a");
            return context.Response.WriteAsync("see /ping/7f3a");
        };
        await ImportAsync(Document(other.Address, "GET"));

        await PassUntilAsync(() => Board.State is { Failures: > 0 });

        Assert.Empty(elsewhere.Requests);
        Assert.StartsWith("302", Board.State!.FailureAnswer);
        Assert.DoesNotContain("7f3a", Board.State.FailureAnswer);
        Assert.Contains("Calls of the dead-man address fail since", await Portal.HealthAsync());
        Assert.DoesNotContain(Portal.Log, line => line.Contains("7f3a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_ThatFail_AreMadeAgainSoon_AndItIsOverOnceOneSucceeds()
    {
        await using var other = await HttpReceiver.StartAsync();
        other.AnswerWith(StatusCodes.Status500InternalServerError);
        await ImportAsync(Document(other.Address, "GET"));
        await PassUntilAsync(() => Board.State is { Failures: 3 });
        Assert.True(Time.GetUtcNow() - Some.Start < TimeSpan.FromMinutes(5), "sooner than every five minutes");

        other.AnswerWith(StatusCodes.Status200OK);
        await PassUntilAsync(() => Board.State is { Failures: 0, FailingSinceUtc: null, CalledUtc: not null });
        Assert.DoesNotContain("dead-man", await Portal.HealthAsync());
    }

    [Fact]
    public async Task Calls_InMaintenance_StayOut_AndComeAtOnceAfterwards()
    {
        await using var other = await CalledOnceAsync();
        await Portal.Get<MaintenanceMode>().StartAsync(Actor.Command, TimeSpan.FromMinutes(20), "Update");

        await PassUntilAsync(() => Board.State is { Held.Kind: WatchFaultKind.Refusing });
        Assert.Single(other.Requests);
        Assert.Contains("is not called since", await Portal.HealthAsync());

        await PassUntilAsync(() => other.Requests.Count == 2);
        await Until.TrueAsync(() => Board.State is { Held: null });
    }

    /// <summary>From then on nothing is acknowledged to gateways, until the portal is started again.</summary>
    [Fact]
    public async Task Calls_WhileNothingCanBeStored_StayOut()
    {
        await using var other = await CalledOnceAsync();
        File.Move(Portal.Database.Path, $"{Portal.Database.Path}.away");

        await PassUntilAsync(() => Board.State is { Held.Kind: WatchFaultKind.Refusing or WatchFaultKind.Store });
        await PassUntilAsync(() => Board.State!.HeldSinceUtc < Time.GetUtcNow().AddMinutes(-15));

        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Calls_WhileReadingsAreNotJudged_StayOut()
    {
        await using var other = await CalledOnceAsync();
        Portal.Database.Execute("CREATE TRIGGER refuses BEFORE INSERT ON alarm BEGIN SELECT RAISE(ABORT, 'no room'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => MeasureAsync(11));

        await PassUntilAsync(() => Board.State is { Held.Kind: WatchFaultKind.Judging });

        Assert.Single(other.Requests);
        Portal.Database.Execute("DROP TRIGGER refuses");
        await PassUntilAsync(() => other.Requests.Count == 2);
    }

    [Fact]
    public async Task Calls_AfterTheAddressIsRemoved_End()
    {
        await using var other = await CalledOnceAsync();

        await ImportAsync("""{"channels":[]}""");

        await PassUntilAsync(() => Board.State is null);
        Assert.DoesNotContain("dead-man", await Portal.HealthAsync());
    }

    private DeadManBoard Board => Portal.Get<DeadManBoard>();

    private static string Document(Uri other, string method, bool allows = true) => $$"""
        {"channels":[],"watching":{"deadMan":{"url":"{{other}}ping/7f3a","method":"{{method}}","every":"5m",
          "allowPrivateNetworks":{{(allows ? "true" : "false")}} } } }
        """;

    private async Task<HttpReceiver> CalledOnceAsync()
    {
        var other = await HttpReceiver.StartAsync();
        await ImportAsync(Document(other.Address, "GET"));
        await PassUntilAsync(() => Board.State is { CalledUtc: not null });
        return other;
    }

    private Task PassUntilAsync(Func<bool> condition) => Until.TrueAsync(() =>
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        return condition();
    });
}
