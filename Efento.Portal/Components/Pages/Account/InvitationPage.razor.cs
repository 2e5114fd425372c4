using System.ComponentModel.DataAnnotations;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>The page of an administrator's link: the user sets a password and is signed in.</summary>
public sealed partial class InvitationPage
{
    private Invitation? _invitation;
    private IReadOnlyList<string> _faults = [];

    /// <summary>The code in the link.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromForm]
    private InvitationInput Input { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [Inject]
    private InvitationAcceptance Acceptance { get; set; } = null!;

    [Inject]
    private BrowserCookie Browsers { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Input ??= new InvitationInput();
        _invitation = await Acceptance.FindAsync(Code);
    }

    private async Task AcceptAsync()
    {
        if (Input.Password != Input.Again)
        {
            _faults = [AccountText.PasswordsDiffer];
            return;
        }

        Acceptance acceptance;
        try
        {
            acceptance = await Acceptance.AcceptAsync(
                Code, Input.Password, RequestActor.AddressOf(HttpContext) ?? "", HttpContext.Request.Headers.UserAgent.ToString());
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            _faults = [PeopleText.NothingChanged(IngestWords.Of(fault))];
            return;
        }

        _faults = AccessWords.Of(acceptance.Faults);
        if (_faults.Count > 0)
        {
            return;
        }

        if (acceptance.SessionKey is { } key)
        {
            Browsers.Remember(HttpContext, Browsers.Of(HttpContext), acceptance.UserId);
            await HttpContext.SignInAsync(
                PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        Navigation.NavigateTo("/");
    }

    /// <summary>The entered values.</summary>
    private sealed class InvitationInput
    {
        [Required]
        public string Password { get; set; } = "";

        [Required]
        public string Again { get; set; } = "";
    }
}
