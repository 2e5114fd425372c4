using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.People;

/// <summary>
/// The user who acts on a page. Every action checks here first, because the content of a page does not prove what its browser may do.
/// </summary>
public sealed partial class CurrentPerson
{
    private readonly AuthenticationStateProvider _state;
    private readonly IAuthorizationService _authorization;
    private readonly SiteScopes _scopes;
    private readonly ILogger<CurrentPerson> _log;
    private readonly string? _address;

    /// <summary>The service is scoped to a circuit. The request that opened the circuit is available only here.</summary>
    public CurrentPerson(
        AuthenticationStateProvider state, IAuthorizationService authorization, SiteScopes scopes, IHttpContextAccessor request,
        ILogger<CurrentPerson> log)
    {
        (_state, _authorization, _scopes, _log) = (state, authorization, scopes, log);
        _address = RequestActor.AddressOf(request.HttpContext);
    }

    /// <summary>Runs an action as the user, if the policy allows them at this moment.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="action">The action. It returns what was wrong, in words; null if nothing was.</param>
    /// <param name="ofFailure">Describes the consequence of a failure of the store. By default, that nothing was changed.</param>
    /// <returns>Why the action was not done, in words; null if it was.</returns>
    public async Task<string?> TryAsync(string policy, Func<Actor, Task<string?>> action, Func<object?, string>? ofFailure = null)
    {
        var person = await PersonAsync();
        if (!await IsAllowedAsync(person, policy))
        {
            return person.Identity is { IsAuthenticated: true } ? PeopleText.RoleDoesNotAllow : PeopleText.NotSignedIn;
        }

        try
        {
            return await action(
                new Actor(ActorKind.Person, person.FindFirstValue(ClaimTypes.Name)!, _address, PeopleAuthentication.UserIdOf(person)));
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            LogNotStored(_log, thrown);
            return (ofFailure ?? PeopleText.NothingChanged)(IngestWords.Of(fault));
        }
    }

    /// <summary>Runs an action that may have several faults at once, like <see cref="TryAsync"/>.</summary>
    /// <returns>Why the action was not done, in a sentence or two for each fault; empty if it was.</returns>
    public async Task<IReadOnlyList<string>> TryAllAsync(string policy, Func<Actor, Task<IReadOnlyList<AccessFault>>> action)
    {
        IReadOnlyList<AccessFault> faults = [];
        var prevented = await TryAsync(policy, async actor =>
        {
            faults = await action(actor);
            return null;
        });
        return prevented is null ? AccessWords.Of(faults) : [prevented];
    }

    /// <summary>What the user may see at this moment.</summary>
    public async Task<SiteScope> ScopeAsync() => _scopes.Of(await PersonAsync());

    /// <summary>The user's account; null if they have none.</summary>
    public async Task<int?> UserIdAsync() => PeopleAuthentication.UserIdOf(await PersonAsync());

    /// <summary>The name of the user's account, which is their e-mail address; null if nobody is signed in.</summary>
    public async Task<string?> NameAsync() => (await PersonAsync()).FindFirstValue(ClaimTypes.Name);

    /// <summary>Whether the policy allows the user.</summary>
    public async Task<bool> MayAsync(string policy) => await IsAllowedAsync(await PersonAsync(), policy);

    private async Task<bool> IsAllowedAsync(ClaimsPrincipal person, string policy) =>
        (await _authorization.AuthorizeAsync(person, policy)).Succeeded;

    private async Task<ClaimsPrincipal> PersonAsync() =>
        _state is CircuitPerson circuit && (await circuit.GetAuthenticationStateAsync()).User.Identity is { IsAuthenticated: true }
            ? circuit.Now
            : (await _state.GetAuthenticationStateAsync()).User;

    [LoggerMessage(Level = LogLevel.Error, Message = "A change made on a page was not stored")]
    private static partial void LogNotStored(ILogger log, Exception fault);
}
