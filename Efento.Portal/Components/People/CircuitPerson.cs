using System.Globalization;
using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Efento.Portal.Components.People;

/// <summary>
/// Who looks at a page. A circuit outlives many requests, so a changed role, other locations, a disabled account and an ended session are followed here: the
/// pages are told at once.
/// </summary>
internal sealed class CircuitPerson : ServerAuthenticationStateProvider, IDisposable
{
    private readonly PeopleDirectory _people;
    private string? _key;
    private string? _language;
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

        // The circuit begins in a request of the page.
        _language ??= CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
    }

    private static (string? Role, string? Locations) Says(ClaimsPrincipal person) =>
        (person.FindFirstValue(ClaimTypes.Role), person.FindFirstValue(LocationLimit.ClaimType));

    private void Update()
    {
        var now = Now;
        if (_key is not null && (now.Identity?.IsAuthenticated != _shown.Identity?.IsAuthenticated || Says(now) != Says(_shown)))
        {
            // In a flow of its own: this one is that of whoever changed something, and speaks their language.
            ExecutionContext.Run(ExecutionContext.Capture()!, _ => Show(now), null);
        }
    }

    private void Show(ClaimsPrincipal now)
    {
        Languages.Speak(_language);
        SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
    }
}
