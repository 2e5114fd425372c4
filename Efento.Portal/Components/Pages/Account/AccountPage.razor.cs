using System.ComponentModel.DataAnnotations;
using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Push;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>The user's own account: the password and the sessions.</summary>
public sealed partial class AccountPage
{
    [HandedOver]
    private IReadOnlyList<SessionItem>? _sessions;
    private SignedIn? _signedIn;
    private IReadOnlyList<string> _faults = [];
    private PasswordInput _input = new();
    private bool _isChanged;
    private bool _isBusy;

    [CascadingParameter]
    private Task<AuthenticationState> State { get; set; } = null!;

    [Inject]
    private OwnQuietHours Hours { get; set; } = null!;

    [Inject]
    private OwnDevices Devices { get; set; } = null!;

    [Inject]
    private PeopleQuery Query { get; set; } = null!;

    [Inject]
    private SignInService SignInService { get; set; } = null!;

    [Inject]
    private OwnPassword Password { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IOptionsMonitor<AccessOptions> Limits { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _signedIn = PeopleAuthentication.KeyOf((await State).User) is { } key ? People.Find(key) : null;
        _sessions = _signedIn is null ? [] : await Query.SessionsAsync(_signedIn.Person.UserId);
    }

    private Task EndAsync(SessionItem session) => EndAsync([session]);

    private Task EndOthersAsync() => EndAsync([.. (_sessions ?? []).Where(s => s.Id != _signedIn?.SessionId)]);

    private async Task EndAsync(IReadOnlyList<SessionItem> sessions)
    {
        var fault = await Person.TryAsync(Policies.View, async actor =>
        {
            // The user's own sessions only: the content of a page does not prove what its browser may do.
            var own = (await Query.SessionsAsync(actor.UserId ?? 0)).Select(s => s.Id).ToHashSet();
            foreach (var session in sessions.Where(s => own.Contains(s.Id)))
            {
                await SignInService.EndAsync(actor, session.Id, "session revoked");
            }

            return null;
        });
        var done = sessions.Count == 1 ? AccountText.SignedOutThere : AccountText.SignedOutIn(sessions.Count);
        Snackbar.Add(fault ?? done, fault is null ? Severity.Success : Severity.Error);
    }

    private async Task ChangePasswordAsync()
    {
        _isChanged = false;
        _faults = _input.Password == _input.Again ? [] : [AccountText.NewPasswordsDiffer];
        if (_faults.Count > 0)
        {
            return;
        }

        _isBusy = true;
        _faults = await Person.TryAllAsync(
            Policies.View, actor => Password.ChangeAsync(actor, _signedIn!.SessionId, _input.Old, _input.Password));
        _isBusy = false;
        _isChanged = _faults.Count == 0;
        _input = _isChanged ? new PasswordInput() : _input;
    }

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalDays: >= 2, Hours: 0 } => AccountText.InDays(time.Days),
        { TotalHours: >= 2, Minutes: 0 } => AccountText.InHours((long)time.TotalHours),
        _ => AccountText.InMinutes((long)time.TotalMinutes),
    };

    /// <summary>The entered passwords.</summary>
    private sealed class PasswordInput
    {
        [Required]
        public string Old { get; set; } = "";

        [Required]
        public string Password { get; set; } = "";

        [Required]
        public string Again { get; set; } = "";
    }
}
