using System.ComponentModel.DataAnnotations;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Where a link of an administrator leads: somebody sets a password and is signed in.</summary>
public sealed partial class InvitationPage
{
    private Invitation? _invitation;
    private IReadOnlyList<string> _faults = [];

    /// <summary>What the link ends with.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromForm]
    private InvitationInput Input { get; set; } = null!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [Inject]
    private InvitationDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Input ??= new InvitationInput();
        _invitation = await Desk.FindAsync(Code);
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
            acceptance = await Desk.AcceptAsync(Code, Input.Password, RequestAddress.Of(HttpContext) ?? "", HttpContext.Request.Headers.UserAgent.ToString());
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            _faults = [$"{StoreHealth.InWords(database)} {AccountText.NothingChanged}"];
            return;
        }

        _faults = acceptance.Faults;
        if (_faults.Count > 0)
        {
            return;
        }

        if (acceptance.SessionKey is { } key)
        {
            await HttpContext.SignInAsync(PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(key), new AuthenticationProperties { IsPersistent = true });
        }

        Navigation.NavigateTo("/");
    }

    /// <summary>What was typed.</summary>
    private sealed class InvitationInput
    {
        [Required]
        public string Password { get; set; } = "";

        [Required]
        public string Again { get; set; } = "";
    }
}
