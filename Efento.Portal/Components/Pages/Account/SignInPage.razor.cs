using System.ComponentModel.DataAnnotations;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Where people sign in. It is no part of a circuit: it sets the cookie.</summary>
public sealed partial class SignInPage
{
    private RenderFragment? _fault;

    [SupplyParameterFromForm]
    private SignInInput Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new SignInInput();

    // What is no address may be a password typed into the wrong field: nobody shall read it in the audit trail.
    private void SayNoAddress() => _fault = Said(AccountText.NoEmail);

    private async Task SignInAsync()
    {
        SignInOutcome outcome;
        try
        {
            outcome = await Desk.SignInAsync(Input.Email.Trim(), Input.Password, RequestAddress.Of(HttpContext) ?? "", HttpContext.Request.Headers.UserAgent.ToString());
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            _fault = Said(AccountText.NobodySignsIn(StoreHealth.InWords(database)));
            return;
        }

        if (outcome.SessionKey is null)
        {
            _fault = outcome.LockedUntil is { } until ? LockedUntil(until) : Said(AccountText.WrongPassword);
            return;
        }

        await HttpContext.SignInAsync(PeopleAuthentication.Scheme, PeopleAuthentication.Ticket(outcome.SessionKey), new AuthenticationProperties { IsPersistent = true });
        Navigation.NavigateTo(From is null or "/" ? StartOf(outcome.SessionKey) : LocalPath.Of(From));
    }

    private string StartOf(string sessionKey) =>
        People.Find(sessionKey)?.Person.Preferences.StartPage is StartPage.Gateways ? "/gateways" : "/";

    private static RenderFragment Said(string fault) => builder => builder.AddContent(0, fault);

    /// <summary>What was typed.</summary>
    private sealed class SignInInput
    {
        [Required]
        [EmailAddress]
        [StringLength(UserAccounts.LongestEmail)]
        public string Email { get; set; } = "";

        [Required]
        public string Password { get; set; } = "";
    }
}
