using System.Globalization;
using System.Security.Claims;
using Efento.Portal.Access;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Efento.Portal.Components.People;

/// <summary>
/// The user of a page. A circuit outlives many requests. This provider therefore notifies the page at once if the role or the locations
/// change, the account is disabled, or the session ends.
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

    /// <summary>The user at this moment, even if the page has not been notified yet.</summary>
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

    private static (string? Role, string? Locations) RightsOf(ClaimsPrincipal person) =>
        (person.FindFirstValue(ClaimTypes.Role), person.FindFirstValue(LocationLimit.ClaimType));

    private void Update()
    {
        var now = Now;
        if (_key is not null && (now.Identity?.IsAuthenticated != _shown.Identity?.IsAuthenticated || RightsOf(now) != RightsOf(_shown)))
        {
            // This code runs in the context of whoever made the change, with their language, so the page needs a context of its own.
            ExecutionContext.Run(ExecutionContext.Capture()!, _ => Show(now), null);
        }
    }

    private void Show(ClaimsPrincipal now)
    {
        Languages.Use(_language);
        SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
    }
}
