using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Creates the first administrator and the site. The page is closed for good as soon as there is an account.</summary>
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
    private PublicAddress Public { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private UserAccounts Accounts { get; set; } = null!;

    [Inject]
    private SignInService SignInService { get; set; } = null!;

    [Inject]
    private BrowserCookie Browsers { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new SetupInput { PublicAddress = Suggested() };

    /// <summary>The address of the browser, for the user to confirm; none if it means another machine elsewhere.</summary>
    private string? Suggested() =>
        AddressText.Read($"{HttpContext.Request.Scheme}://{HttpContext.Request.Host}") is { IsLoopback: false } seen
            ? AddressText.Of(seen)
            : null;

    private async Task SetUpAsync()
    {
        // The form alone proves nothing: its sender must know the link.
        if (!Link.Opens(Code))
        {
            return;
        }

        _faults = Input.Faults();
        if (_faults.Count > 0)
        {
            return;
        }

        var address = RequestActor.AddressOf(HttpContext) ?? "";
        var site = Input.ToSite();
        SignInOutcome outcome;
        try
        {
            _faults = AccessWords.Of(
                await Accounts.SetUpAsync(
                    new Actor(ActorKind.Person, Input.Email.Trim(), address), site, Input.Email.Trim(), Input.Password));
            if (_faults.Count > 0)
            {
                return;
            }

            outcome = await SignInService.SignInAsync(
                Input.Email.Trim(), Input.Password, address, HttpContext.Request.Headers.UserAgent.ToString());
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            _faults = [IngestWords.Of(fault)];
            return;
        }

        if (outcome.SessionKey is { } key)
        {
            Browsers.Remember(HttpContext, Browsers.Of(HttpContext), outcome.UserId);
            await HttpContext.SignInAsync(
                PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        Navigation.NavigateTo("/");
    }

    /// <summary>The entered values.</summary>
    private sealed class SetupInput
    {
        [Required]
        public string Site { get; set; } = "";

        [Required]
        public string TimeZone { get; set; } = SiteZones.Local;

        [Required]
        public string Language { get; set; } = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

        public string? PublicAddress { get; set; }

        [Required]
        public string Email { get; set; } = "";

        [Required]
        public string Password { get; set; } = "";

        [Required]
        public string Again { get; set; } = "";

        public IReadOnlyList<string> Faults() =>
        [
            .. Password == Again ? (string[])[] : [AccountText.PasswordsDiffer],
            .. AccessWords.Of(new SiteFacts(Site.Trim(), TimeZone, Language).Faults()),
            .. string.IsNullOrWhiteSpace(PublicAddress) || AddressText.Read(PublicAddress) is not null
                ? (string[])[]
                : [AccessWords.Of(AccessFaultKind.PublicAddress)],
        ];

        public Site ToSite() => new()
        {
            Id = 1,
            Name = Site.Trim(),
            TimeZone = TimeZone,
            Language = Language,
            PublicAddress = AddressText.Read(PublicAddress) is { } address ? AddressText.Of(address) : null,
        };
    }
}
