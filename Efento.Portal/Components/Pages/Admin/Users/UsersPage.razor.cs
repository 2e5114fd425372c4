using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Ingest;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Data.Sqlite;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Users;

/// <summary>Everybody who may sign in or is invited; administrators change it, auditors look.</summary>
public sealed partial class UsersPage
{
    private IReadOnlyList<UserItem>? _users;
    private IReadOnlyList<Invitation> _invitations = [];
    private int? _ownId;
    private int? _ownSession;

    [CascadingParameter]
    private Task<AuthenticationState> State { get; set; } = null!;

    [Inject]
    private PeopleQuery Query { get; set; } = null!;

    [Inject]
    private UserChanges Changes { get; set; } = null!;

    [Inject]
    private Invitations Links { get; set; } = null!;

    [Inject]
    private SignInDesk Desk { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var person = (await State).User;
        _ownId = PeopleAuthentication.UserIdOf(person);
        _ownSession = PeopleAuthentication.KeyOf(person) is { } key ? People.Find(key)?.SessionId : null;
        (_invitations, _users) = (await Query.OpenInvitationsAsync(), await Query.UsersAsync());
    }

    private Task InviteAsync() => ShowAsync<InviteDialog>("Invite somebody", new()
    {
        { d => d.Invite, (email, role, limit) => LinkAsync(actor => Links.InviteAsync(actor, email, role, limit)) },
    });

    private Task ChangeRoleAsync(UserItem user) => ShowAsync<RoleDialog>("Change the role", new()
    {
        { d => d.User, user },
        { d => d.Change, (role, reason) => ChangeAsync(actor => Changes.SetRoleAsync(actor, user.Seen, role, reason)) },
    });

    private Task ChangeLocationsAsync(UserItem user) => ShowAsync<LocationsDialog>(UsersText.LimitTo, new()
    {
        { d => d.User, user },
        { d => d.Change, (limit, reason) => ChangeAsync(actor => Changes.SetLocationsAsync(actor, user.Seen, limit, reason)) },
    });

    private Task ChangeStateAsync(UserItem user) => ShowAsync<ReasonDialog>(user.DisabledUtc is null ? "Disable this account?" : "Enable this account?", new()
    {
        { d => d.Words, user.DisabledUtc is null ? $"{user.Email} is signed out at once and can't sign in until the account is enabled again." : $"{user.Email} can sign in again with the password they had." },
        { d => d.Verb, user.DisabledUtc is null ? "Disable" : "Enable" },
        { d => d.Act, reason => ChangeAsync(actor => user.DisabledUtc is null ? Changes.DisableAsync(actor, user.Seen, reason) : Changes.EnableAsync(actor, user.Seen, reason)) },
    });

    private Task ResetAsync(UserItem user) => ShowAsync<ResetDialog>("Make a link for a new password?", new()
    {
        { d => d.Email, user.Email },
        { d => d.Make, reason => LinkAsync(actor => Links.ResetAsync(actor, user.Email, reason, endsSessions: false)) },
    });

    private Task ShowSessionsAsync(UserItem user) => ShowAsync<SessionsDialog>($"Sessions of {user.Email}", new()
    {
        { d => d.UserId, user.Seen.Id },
        { d => d.OwnId, _ownSession },
        { d => d.Revoke, session => DoAsync(async actor => await Desk.EndAsync(actor, session.Id, "session revoked") ? null : "This session was over already.") },
    });

    private async Task RevokeInvitationAsync(Invitation invitation)
    {
        var what = invitation.UserId is null ? "invitation" : "link for a new password";
        if (await Dialogs.ShowMessageBoxAsync($"Take the {what} back?", $"The link for {invitation.Email} does nothing from then on.", "Take back", cancelText: "Cancel") is not true)
        {
            return;
        }

        var fault = await DoAsync(async actor => await Links.RevokeAsync(actor, invitation.Id) ? null : "This link was used or taken back already.");
        Snackbar.Add(fault ?? $"The {what} for {invitation.Email} is void.", fault is null ? Severity.Success : Severity.Error);
    }

    private Task ShowAsync<T>(string title, DialogParameters<T> parameters)
        where T : IComponent =>
        Dialogs.ShowAsync<T>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseButton = true });

    private Task<string?> ChangeAsync(Func<Actor, Task<UserChange>> change) => DoAsync(async actor => await change(actor) switch
    {
        UserChange.ChangedMeanwhile => "Somebody else changed this account meanwhile; nothing was overwritten. Close this and look again.",
        UserChange.LastAdministrator => "This is the only administrator who can sign in. Make somebody else an administrator first.",
        UserChange.SeesEverything => UsersText.LiftLimitFirst,
        UserChange.LocationsGone => UsersText.LocationsGone,
        _ => null,
    });

    private async Task<MadeLink> LinkAsync(Func<Actor, Task<NewLink>> make)
    {
        string? address = null;
        var fault = await DoAsync(async actor =>
        {
            var link = await make(actor);
            address = link.Code is { } code ? $"{Navigation.BaseUri}{Invitations.PathOf(code)}" : null;
            return link.Fault;
        });
        return new MadeLink(address, fault);
    }

    /// <summary>Does it if whoever looks may, as of now.</summary>
    /// <returns>What went wrong, in words; null if nothing did.</returns>
    private async Task<string?> DoAsync(Func<Actor, Task<string?>> action)
    {
        try
        {
            return await action(await Person.RequireAsync(Policies.Administer));
        }
        catch (NotAllowedException)
        {
            return "Your role does not allow this (any more); nothing was changed.";
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            return $"{StoreHealth.InWords(database)} Nothing was changed.";
        }
    }
}

/// <summary>What came of making a link.</summary>
/// <param name="Address">The link; null if none was made.</param>
/// <param name="Fault">Why none was made.</param>
public sealed record MadeLink(string? Address, string? Fault);
