using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Measurements;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Lets the user choose language, time zone, units, theme and first page.</summary>
public sealed partial class PreferencesForm
{
    private Input _input = new();
    private string? _fault;
    private bool _isSaved;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    [Inject]
    private OwnPreferences Preferred { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string SiteLanguage => Languages.Find(People.Site?.Language).Name;

    /// <inheritdoc/>
    protected override void OnInitialized() => _input = Input.Of(View.Current);

    private async Task SaveAsync()
    {
        _isSaved = false;
        _fault = await Person.TryAsync(Policies.View, async actor =>
        {
            await Preferred.ChangeAsync(actor.UserId!.Value, _input.ApplyTo);
            return null;
        });
        _isSaved = _fault is null;
        if (_isSaved && PageLanguage.Of(View.Current, People.Site, []) != View.Language)
        {
            // The language has changed, also that of the browser's scripts.
            Navigation.Refresh(forceReload: true);
        }
    }

    /// <summary>The chosen values; "" if nothing is chosen.</summary>
    private sealed class Input
    {
        public string Language { get; set; } = "";

        public string TimeZone { get; set; } = "";

        public TemperatureUnit Temperature { get; set; }

        public PressureUnit Pressure { get; set; }

        public Theme Theme { get; set; }

        public StartPage StartPage { get; set; }

        public static Input Of(Preferences preferences) => new()
        {
            Language = preferences.Language ?? "",
            TimeZone = preferences.TimeZone ?? "",
            Temperature = preferences.Temperature,
            Pressure = preferences.Pressure,
            Theme = preferences.Theme,
            StartPage = preferences.StartPage,
        };

        public Preferences ApplyTo(Preferences before) => before with
        {
            Language = Language.Length == 0 ? null : Language,
            TimeZone = TimeZone.Length == 0 ? null : TimeZone,
            Temperature = Temperature,
            Pressure = Pressure,
            Theme = Theme,
            StartPage = StartPage,
        };
    }
}
