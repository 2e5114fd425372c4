using System.Security.Claims;
using Efento.Portal.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Efento.Portal.Components.People;

/// <summary>
/// Who looks at a page. A circuit outlives many requests, so a changed role, a disabled account and an ended session are followed here: the
/// pages are told at once.
/// </summary>
internal sealed class CircuitPerson : ServerAuthenticationStateProvider, IDisposable
{
    private readonly PeopleDirectory _people;
    private string? _key;
    private ClaimsPrincipal _shown = new();

    public CircuitPerson(PeopleDirectory people)
    {
        _people = people;
        AuthenticationStateChanged += Remember;
        people.Changed += Update;
    }

    /// <summary>Who it is now, whatever the page was told.</summary>
    public ClaimsPrincipal Now => PeopleAuthentication.Person(_key, _people);

    /// <inheritdoc/>
    public void Dispose()
    {
        AuthenticationStateChanged -= Remember;
        _people.Changed -= Update;
    }

    private void Remember(Task<AuthenticationState> state)
    {
        _shown = state.GetAwaiter().GetResult().User;
        _key ??= PeopleAuthentication.KeyOf(_shown);
    }

    private void Update()
    {
        var now = Now;
        if (_key is not null && (now.Identity?.IsAuthenticated != _shown.Identity?.IsAuthenticated || now.FindFirstValue(ClaimTypes.Role) != _shown.FindFirstValue(ClaimTypes.Role)))
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
        }
    }
}
