using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Measurements;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.People;

/// <summary>
/// How whoever looks wants to see: units, time zone, theme and language. Scoped to a circuit or to the request of a page without one.
/// Units, zone and theme follow what the person chooses, in every page they have open; the language is that of the page, which is loaded
/// anew to speak another.
/// </summary>
public sealed class ViewPreferences : IDisposable
{
    private readonly AuthenticationStateProvider _state;
    private readonly PeopleDirectory _people;
    private readonly Lazy<int?> _userId;
    private readonly Lazy<string> _language;
    private Preferences? _shown;

    /// <summary>Asks who looks only when something is shown: a scope exists before that is known.</summary>
    public ViewPreferences(AuthenticationStateProvider state, PeopleDirectory people)
    {
        (_state, _people) = (state, people);
        _userId = new(ReadUserId);
        _language = new(() => PageLanguage.Of(Current, people.Site, [CultureInfo.CurrentUICulture.TwoLetterISOLanguageName]));
        people.Changed += Follow;
    }

    /// <summary>They chose otherwise; called on any thread.</summary>
    public event Action? Changed;

    /// <summary>What they chose.</summary>
    public Preferences Current => _shown ??= _people.PreferencesOf(_userId.Value);

    /// <summary>The units to show values in.</summary>
    public Units Units => new(Current.Temperature, Current.Pressure);

    /// <summary>The zone to show times in, an IANA name; null for that of the device.</summary>
    public string? TimeZone => Current.TimeZone is Preferences.SiteZone ? _people.Site?.TimeZone : Current.TimeZone;

    /// <summary>The language of the page, as two letters.</summary>
    public string Language => _language.Value;

    /// <summary>
    /// From here on this asynchronous flow says everything in the language of the page. To be called by whatever does not come from the page's
    /// browser, such as a signal of the live feed.
    /// </summary>
    public void Speak() => Languages.Speak(Language);

    /// <inheritdoc/>
    public void Dispose() => _people.Changed -= Follow;

    private void Follow()
    {
        if (_shown is not { } shown || _people.PreferencesOf(_userId.Value) is var now && now == shown)
        {
            return;
        }

        _shown = now;
        Changed?.Invoke();
    }

    private int? ReadUserId() =>
        _state.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true, Result: var state } ? PeopleAuthentication.UserIdOf(state.User) : null;
}
