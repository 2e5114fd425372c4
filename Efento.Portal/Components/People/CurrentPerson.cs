using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Devices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.People;

/// <summary>
/// Whoever acts on a page. Every action asks here first: what a page shows is no proof of what its browser may ask for.
/// </summary>
public sealed class CurrentPerson
{
    private readonly AuthenticationStateProvider _state;
    private readonly IAuthorizationService _authorization;
    private readonly SiteScopes _scopes;
    private readonly string? _address;

    /// <summary>Scoped to a circuit; the request it was opened with is at hand only now.</summary>
    public CurrentPerson(AuthenticationStateProvider state, IAuthorizationService authorization, SiteScopes scopes, IHttpContextAccessor request)
    {
        (_state, _authorization, _scopes) = (state, authorization, scopes);
        _address = RequestAddress.Of(request.HttpContext);
    }

    /// <summary>Whoever acts, if the policy takes them.</summary>
    /// <exception cref="NotAllowedException">It does not; nothing may be done.</exception>
    public async Task<Actor> RequireAsync(string policy)
    {
        var person = await PersonAsync();
        return await IsAllowedAsync(person, policy)
            ? new Actor(ActorKind.Person, person.FindFirstValue(ClaimTypes.Name)!, _address, PeopleAuthentication.UserIdOf(person))
            : throw new NotAllowedException(policy);
    }

    /// <summary>What whoever looks may see, as of now.</summary>
    public async Task<SiteScope> ScopeAsync() => _scopes.Of(await PersonAsync());

    /// <summary>The account of whoever looks; null if they have none.</summary>
    public async Task<int?> UserIdAsync() => PeopleAuthentication.UserIdOf(await PersonAsync());

    /// <summary>Whether the policy takes whoever looks.</summary>
    public async Task<bool> MayAsync(string policy) => await IsAllowedAsync(await PersonAsync(), policy);

    private async Task<bool> IsAllowedAsync(ClaimsPrincipal person, string policy) => (await _authorization.AuthorizeAsync(person, policy)).Succeeded;

    private async Task<ClaimsPrincipal> PersonAsync() =>
        _state is CircuitPerson circuit && (await circuit.GetAuthenticationStateAsync()).User.Identity is { IsAuthenticated: true }
            ? circuit.Now
            : (await _state.GetAuthenticationStateAsync()).User;
}

/// <summary>Somebody asked for what their role does not allow.</summary>
public sealed class NotAllowedException(string policy) : Exception($"This needs the right \"{policy}\".");
