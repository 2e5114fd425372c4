using System.ComponentModel.DataAnnotations;
using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>The sign-in page. It has no circuit, because it sets the cookie.</summary>
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
    private SignInService SignInService { get; set; } = null!;

    [Inject]
    private BrowserCookie Browsers { get; set; } = null!;

    [Inject]
    private PeopleDirectory People { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new SignInInput();

    // Text that is not an address may be a password in the wrong field. It must not appear in the audit trail.
    private void RefuseEmptyAddress() => _fault = Plain(AccountText.NoEmail);

    private async Task SignInAsync()
    {
        var known = Browsers.Of(HttpContext);
        SignInOutcome outcome;
        try
        {
            outcome = await SignInService.SignInAsync(
                Input.Email.Trim(), Input.Password, RequestActor.AddressOf(HttpContext) ?? "",
                HttpContext.Request.Headers.UserAgent.ToString(), known);
        }
        catch (Exception thrown) when (StoreFault.Of(thrown) is { } fault)
        {
            _fault = Plain(AccountText.NobodySignsIn(IngestWords.Of(fault)));
            return;
        }

        if (outcome.SessionKey is null)
        {
            _fault = outcome.IsBusy
                ? Plain(AccessWords.Of(AccessFaultKind.SignInBusy))
                : outcome.LockedUntil is { } until
                ? LockedUntil(until)
                : Plain(AccountText.WrongPassword);
            return;
        }

        Browsers.Remember(HttpContext, known, outcome.UserId);

        // The cookie handler would redirect to any address in the query, unchanged. And the navigation manager would unescape characters
        // that a header must have escaped.
        var target = From is null or "/" ? StartOf(outcome.SessionKey) : LocalPath.Of(From);
        var ticket = PeopleAuthentication.Ticket(outcome.SessionKey);
        await HttpContext.SignInAsync(
            PeopleAuthentication.Scheme, ticket, new AuthenticationProperties { IsPersistent = true, RedirectUri = target });
    }

    private string StartOf(string sessionKey) =>
        People.Find(sessionKey)?.Person.Preferences.StartPage is StartPage.Gateways ? "/gateways" : "/";

    private static RenderFragment Plain(string fault) => builder => builder.AddContent(0, fault);

    /// <summary>The entered values.</summary>
    private sealed class SignInInput
    {
        [Required]
        [EmailAddress]
        [StringLength(EmailText.Longest)]
        public string Email { get; set; } = "";

        [Required]
        public string Password { get; set; } = "";
    }
}
