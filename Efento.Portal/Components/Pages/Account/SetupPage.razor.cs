using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Makes the first administrator and the site; closed for ever once somebody has an account.</summary>
public sealed partial class SetupPage
{
    private IReadOnlyList<string> _faults = [];

    [SupplyParameterFromForm]
    private SetupInput Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [Inject]
    private SetupLink Link { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private UserAccounts Accounts { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new SetupInput();

    private async Task SetUpAsync()
    {
        // The form alone is no proof: its sender must know the link.
        if (!Link.Opens(Code))
        {
            return;
        }

        _faults = Input.Faults();
        if (_faults.Count > 0)
        {
            return;
        }

        var address = RequestAddress.Of(HttpContext) ?? "";
        var site = new Site { Id = 1, Name = Input.Site.Trim(), TimeZone = Input.TimeZone, Language = Input.Language };
        SignInOutcome outcome;
        try
        {
            _faults = await Accounts.SetUpAsync(new Actor(ActorKind.Person, Input.Email.Trim(), address), site, Input.Email.Trim(), Input.Password);
            if (_faults.Count > 0)
            {
                return;
            }

            outcome = await Desk.SignInAsync(Input.Email.Trim(), Input.Password, address, HttpContext.Request.Headers.UserAgent.ToString());
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            _faults = [StoreHealth.InWords(database)];
            return;
        }

        if (outcome.SessionKey is { } key)
        {
            await HttpContext.SignInAsync(PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        Navigation.NavigateTo("/");
    }

    /// <summary>What was typed.</summary>
    private sealed class SetupInput
    {
        [Required]
        public string Site { get; set; } = "";

        [Required]
        public string TimeZone { get; set; } = SiteZones.Local;

        [Required]
        public string Language { get; set; } = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

        [Required]
        public string Email { get; set; } = "";

        [Required]
        public string Password { get; set; } = "";

        [Required]
        public string Again { get; set; } = "";

        public IReadOnlyList<string> Faults() =>
        [
            .. Password == Again ? (string[])[] : [AccountText.PasswordsDiffer],
            .. SiteZones.All.Contains(TimeZone) && Languages.Has(Language) ? (string[])[] : [AccountText.ChooseFromLists],
        ];
    }
}
