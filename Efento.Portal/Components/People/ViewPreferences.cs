using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Measurements;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Efento.Portal.Components.People;

/// <summary>
/// The user's preferences: units, time zone, theme and language. Scoped to a circuit, or to the request of a page without one. Units, zone
/// and theme change in every open page as soon as the user changes them. The language changes when a page is loaded again.
/// </summary>
public sealed class ViewPreferences : IDisposable
{
    private readonly AuthenticationStateProvider _state;
    private readonly PeopleDirectory _people;
    private readonly Lazy<int?> _userId;
    private readonly Lazy<string> _language;
    private Preferences? _shown;
    private string? _zone;

    /// <summary>The user is resolved lazily, because a scope exists before the user is known.</summary>
    public ViewPreferences(AuthenticationStateProvider state, PeopleDirectory people)
    {
        (_state, _people) = (state, people);
        _userId = new(ReadUserId);
        _language = new(() => PageLanguage.Of(Current, people.Site, [CultureInfo.CurrentUICulture.TwoLetterISOLanguageName]));
        people.Changed += Follow;
    }

    /// <summary>Occurs when the preferences change, on any thread.</summary>
    public event Action? Changed;

    /// <summary>The current preferences.</summary>
    public Preferences Current => _shown ?? Take();

    /// <summary>The units of values.</summary>
    public Units Units => new(Current.Temperature, Current.Pressure);

    /// <summary>The time zone as an IANA name; null for the zone of the device.</summary>
    public string? TimeZone => ZoneOf(Current);

    /// <summary>The language of the page as two letters.</summary>
    public string Language => _language.Value;

    /// <summary>
    /// Switches this asynchronous flow to the language of the page. Call this in code that does not come from the page's browser, such as a
    /// signal of the live feed.
    /// </summary>
    public void UseLanguage() => Languages.Use(Language);

    /// <inheritdoc/>
    public void Dispose() => _people.Changed -= Follow;

    private void Follow()
    {
        if (_shown is { } shown && (shown, _zone) is var before && (Take(), _zone) != before)
        {
            Changed?.Invoke();
        }
    }

    private Preferences Take()
    {
        var now = _people.PreferencesOf(_userId.Value);
        (_shown, _zone) = (now, ZoneOf(now));
        return now;
    }

    private string? ZoneOf(Preferences preferences) =>
        preferences.TimeZone is Preferences.SiteZone ? _people.Site?.TimeZone : preferences.TimeZone;

    private int? ReadUserId() =>
        _state.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true, Result: var state }
            ? PeopleAuthentication.UserIdOf(state.User)
            : null;
}
