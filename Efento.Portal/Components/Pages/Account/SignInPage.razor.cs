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
    private BrowserCookie Browsers { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new SignInInput();

    // What is no address may be a password typed into the wrong field: nobody shall read it in the audit trail.
    private void SayNoAddress() => _fault = Said(AccountText.NoEmail);

    private async Task SignInAsync()
    {
        var known = Browsers.Of(HttpContext);
        SignInOutcome outcome;
        try
        {
            outcome = await Desk.SignInAsync(
                Input.Email.Trim(), Input.Password, RequestAddress.Of(HttpContext) ?? "", HttpContext.Request.Headers.UserAgent.ToString(), known);
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            _fault = Said(AccountText.NobodySignsIn(StoreHealth.InWords(database)));
            return;
        }

        if (outcome.SessionKey is null)
        {
            _fault = outcome.IsBusy ? Said(AccessText.SignInBusy) : outcome.LockedUntil is { } until ? LockedUntil(until) : Said(AccountText.WrongPassword);
            return;
        }

        Browsers.Remember(HttpContext, known, outcome.UserId);

        // The cookie's handler would lead to whatever the address says, as it stands; and the navigation unescapes what a header must have escaped.
        var target = From is null or "/" ? StartOf(outcome.SessionKey) : LocalPath.Of(From);
        var ticket = PeopleAuthentication.Ticket(outcome.SessionKey);
        await HttpContext.SignInAsync(PeopleAuthentication.Scheme, ticket, new AuthenticationProperties { IsPersistent = true, RedirectUri = target });
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
