using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.People;

/// <summary>What a page's browser asks for, however it was made to: each action asks for the person first.</summary>
public sealed class CurrentPersonTests : IAsyncLifetime
{
    private PortalUnderTest _portal = null!;

    public static TheoryData<Role, string, bool> Matrix
    {
        get
        {
            var matrix = new TheoryData<Role, string, bool>();
            foreach (var (role, policies) in new Dictionary<Role, string[]>
            {
                [Role.Viewer] = [Policies.View],
                [Role.Operator] = [Policies.View, Policies.Operate],
                [Role.Auditor] = [Policies.View, Policies.Inspect],
                [Role.Administrator] = [Policies.View, Policies.Operate, Policies.Inspect, Policies.Administer],
            })
            {
                foreach (var policy in (string[])[Policies.View, Policies.Operate, Policies.Inspect, Policies.Administer])
                {
                    matrix.Add(role, policy, policies.Contains(policy));
                }
            }

            return matrix;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Empty(await _portal.Get<UserAccounts>().AddAsync(Actor.Portal, EmailOf(role), PortalUnderTest.AdminPassword, role));
        }
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Try_EachRole_IsTakenByItsPoliciesOnly(Role role, string policy, bool isAllowed)
    {
        await using var circuit = await OpenAsync(role);

        Assert.Equal(isAllowed, await IsAllowedAsync(circuit, policy));
    }

    [Fact]
    public async Task Try_Allowed_NamesWhoActs()
    {
        await using var circuit = await OpenAsync(Role.Operator);

        var actor = await ActorAsync(circuit, Policies.Operate);

        Assert.Equal(
            (ActorKind.Person, EmailOf(Role.Operator), (await UserAsync(Role.Operator)).Seen.Id), (actor!.Kind, actor.Name, actor.UserId));
    }

    [Fact]
    public async Task Try_RoleTakenMeanwhile_Refuses()
    {
        await using var circuit = await OpenAsync(Role.Administrator);
        Assert.True(await IsAllowedAsync(circuit, Policies.Administer));

        await _portal.Get<UserChanges>().SetRoleAsync(Actor.Command, (await UserAsync(Role.Administrator)).Seen, Role.Viewer, "test");

        Assert.False(await IsAllowedAsync(circuit, Policies.Administer));
        Assert.True(await IsAllowedAsync(circuit, Policies.View));
    }

    [Fact]
    public async Task Try_DisabledMeanwhile_Refuses()
    {
        await using var circuit = await OpenAsync(Role.Administrator);

        await _portal.Get<UserChanges>().DisableAsync(Actor.Command, (await UserAsync(Role.Administrator)).Seen, "test");

        Assert.False(await IsAllowedAsync(circuit, Policies.View));
    }

    [Fact]
    public async Task Try_SessionEnded_Refuses()
    {
        await using var circuit = await OpenAsync(Role.Administrator);
        var session = Assert.Single(await _portal.Get<PeopleQuery>().SessionsAsync((await UserAsync(Role.Administrator)).Seen.Id));

        await _portal.Get<SignInService>().EndAsync(Actor.Command, session.Id, "session revoked");

        Assert.False(await IsAllowedAsync(circuit, Policies.View));
    }

    [Fact]
    public async Task Try_NobodySignedIn_Refuses()
    {
        await using var circuit = _portal.Services.CreateAsyncScope();
        StateOf(circuit).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(PeopleAuthentication.Person(null, _portal.Get<PeopleDirectory>()))));

        Assert.False(await IsAllowedAsync(circuit, Policies.View));
    }

    [Fact]
    public async Task OpenPage_RoleChanged_IsToldAtOnce()
    {
        await using var circuit = await OpenAsync(Role.Administrator);
        List<string?> told = [];
        ((AuthenticationStateProvider)StateOf(circuit)).AuthenticationStateChanged += async state =>
            told.Add((await state).User.FindFirst(System.Security.Claims.ClaimTypes.Role)?.Value);

        await _portal.Get<UserChanges>().SetRoleAsync(Actor.Command, (await UserAsync(Role.Administrator)).Seen, Role.Viewer, "test");
        await _portal.Get<UserChanges>().DisableAsync(Actor.Command, (await UserAsync(Role.Administrator)).Seen, "test");

        Assert.Equal(["Viewer", null], told);
    }

    private static string EmailOf(Role role) => $"{role}@roles.test".ToLowerInvariant();

    private static CircuitPerson StateOf(AsyncServiceScope circuit) =>
        (CircuitPerson)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();

    private static async Task<bool> IsAllowedAsync(AsyncServiceScope circuit, string policy) =>
        await ActorAsync(circuit, policy) is not null;

    /// <summary>Whoever acts; null if they may not.</summary>
    private static async Task<Actor?> ActorAsync(AsyncServiceScope circuit, string policy)
    {
        Actor? acting = null;
        var prevented = await circuit.ServiceProvider.GetRequiredService<CurrentPerson>().TryAsync(policy, actor =>
        {
            acting = actor;
            return Task.FromResult<string?>(null);
        });
        Assert.Equal(acting is null, prevented is not null);
        return acting;
    }

    /// <summary>A circuit of somebody who signed in.</summary>
    private async Task<AsyncServiceScope> OpenAsync(Role role)
    {
        var outcome = await _portal.Get<SignInService>().SignInAsync(EmailOf(role), PortalUnderTest.AdminPassword, "192.0.2.7", "browser");
        var circuit = _portal.Services.CreateAsyncScope();
        StateOf(circuit).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(PeopleAuthentication.Person(outcome.SessionKey, _portal.Get<PeopleDirectory>()))));
        return circuit;
    }

    private async Task<UserItem> UserAsync(Role role) =>
        (await _portal.Get<PeopleQuery>().UsersAsync()).Single(u => u.Email == EmailOf(role));
}
