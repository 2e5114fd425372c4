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

    private Task InviteAsync() => ShowAsync<InviteDialog>(UsersText.Invite, new()
    {
        { d => d.Invite, (email, role, limit) => LinkAsync(actor => Links.InviteAsync(actor, email, role, limit)) },
    });

    private Task ChangeRoleAsync(UserItem user) => ShowAsync<RoleDialog>(UsersText.ChangeRole, new()
    {
        { d => d.User, user },
        { d => d.Change, (role, reason) => ChangeAsync(actor => Changes.SetRoleAsync(actor, user.Seen, role, reason)) },
    });

    private Task ChangeLocationsAsync(UserItem user) => ShowAsync<LocationsDialog>(UsersText.LimitTo, new()
    {
        { d => d.User, user },
        { d => d.Change, (limit, reason) => ChangeAsync(actor => Changes.SetLocationsAsync(actor, user.Seen, limit, reason)) },
    });

    private Task ChangeStateAsync(UserItem user) => ShowAsync<ReasonDialog>(user.DisabledUtc is null ? UsersText.DisableThis : UsersText.EnableThis, new()
    {
        { d => d.Words, user.DisabledUtc is null ? UsersText.DisableHint(user.Email) : UsersText.EnableHint(user.Email) },
        { d => d.Verb, user.DisabledUtc is null ? UsersText.Disable : UsersText.Enable },
        { d => d.Act, reason => ChangeAsync(actor => user.DisabledUtc is null ? Changes.DisableAsync(actor, user.Seen, reason) : Changes.EnableAsync(actor, user.Seen, reason)) },
    });

    private Task ResetAsync(UserItem user) => ShowAsync<ResetDialog>(UsersText.MakeLinkFor, new()
    {
        { d => d.Email, user.Email },
        { d => d.Make, reason => LinkAsync(actor => Links.ResetAsync(actor, user.Email, reason, endsSessions: false)) },
    });

    private Task ShowSessionsAsync(UserItem user) => ShowAsync<SessionsDialog>(UsersText.SessionsOf(user.Email), new()
    {
        { d => d.UserId, user.Seen.Id },
        { d => d.OwnId, _ownSession },
        { d => d.Revoke, session => DoAsync(async actor => await Desk.EndAsync(actor, session.Id, "session revoked") ? null : UsersText.SessionOver) },
    });

    private async Task RevokeInvitationAsync(Invitation invitation)
    {
        var isInvitation = invitation.UserId is null;
        var title = isInvitation ? UsersText.InvitationTakeBack : UsersText.LinkTakeBack;
        if (await Dialogs.ShowMessageBoxAsync(title, UsersText.LinkTakeBackHint(invitation.Email), UsersText.TakeBack, cancelText: UsersText.Cancel) is not true)
        {
            return;
        }

        var fault = await DoAsync(async actor => await Links.RevokeAsync(actor, invitation.Id) ? null : UsersText.LinkOver);
        Snackbar.Add(fault ?? (isInvitation ? UsersText.InvitationVoid(invitation.Email) : UsersText.LinkVoid(invitation.Email)), fault is null ? Severity.Success : Severity.Error);
    }

    private Task ShowAsync<T>(string title, DialogParameters<T> parameters)
        where T : IComponent =>
        Dialogs.ShowAsync<T>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseButton = true });

    private Task<string?> ChangeAsync(Func<Actor, Task<UserChange>> change) => DoAsync(async actor => await change(actor) switch
    {
        UserChange.ChangedMeanwhile => UsersText.ChangedMeanwhile,
        UserChange.LastAdministrator => UsersText.LastAdministrator,
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
            return UsersText.NotAllowed;
        }
        catch (Exception fault) when (fault.GetBaseException() is SqliteException database)
        {
            return UsersText.NothingChanged(StoreHealth.InWords(database));
        }
    }
}

/// <summary>What came of making a link.</summary>
/// <param name="Address">The link; null if none was made.</param>
/// <param name="Fault">Why none was made.</param>
public sealed record MadeLink(string? Address, string? Fault);
