using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Users;

/// <summary>All accounts and invitations. Administrators can change them; auditors can see them.</summary>
public sealed partial class UsersPage
{
    [HandedOver]
    private IReadOnlyList<UserItem>? _users;
    [HandedOver]
    private IReadOnlyList<Invitation> _invitations = [];
    [HandedOver]
    private int? _ownId;
    [HandedOver]
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
    private SignInService SignInService { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private PageLinks Addresses { get; set; } = null!;

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

    private Task ChangeStateAsync(UserItem user) =>
        ShowAsync<ReasonDialog>(user.DisabledUtc is null ? UsersText.DisableThis : UsersText.EnableThis, new()
    {
        { d => d.Words, user.DisabledUtc is null ? UsersText.DisableHint(user.Email) : UsersText.EnableHint(user.Email) },
        { d => d.Verb, user.DisabledUtc is null ? UsersText.Disable : UsersText.Enable },
        { d => d.Act, reason => ChangeAsync(
            actor => user.DisabledUtc is null
                ? Changes.DisableAsync(actor, user.Seen, reason)
                : Changes.EnableAsync(actor, user.Seen, reason)) },
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
        { d => d.Revoke, session => DoAsync(
            async actor => await SignInService.EndAsync(actor, session.Id, "session revoked") ? null : UsersText.SessionOver) },
    });

    private async Task RevokeInvitationAsync(Invitation invitation)
    {
        var isInvitation = invitation.UserId is null;
        var title = isInvitation ? UsersText.InvitationTakeBack : UsersText.LinkTakeBack;
        if (
            await Dialogs.ShowMessageBoxAsync(
                title, UsersText.LinkTakeBackHint(invitation.Email), UsersText.TakeBack, cancelText: UsersText.Cancel) is not true)
        {
            return;
        }

        var fault = await DoAsync(async actor => await Links.RevokeAsync(actor, invitation.Id) ? null : UsersText.LinkOver);
        Snackbar.Add(
            fault ?? (isInvitation ? UsersText.InvitationVoid(invitation.Email) : UsersText.LinkVoid(invitation.Email)),
            fault is null ? Severity.Success : Severity.Error);
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

    private async Task<LinkResult> LinkAsync(Func<Actor, Task<NewLink>> make)
    {
        string? address = null;
        var fault = await DoAsync(async actor =>
        {
            var link = await make(actor);
            address = link.Code is { } code ? Addresses.To(Invitations.PathOf(code)) : null;
            return link.Fault is { } wrong ? AccessWords.Of(wrong) : null;
        });
        return new LinkResult(address, fault);
    }

    /// <summary>Runs an action if the user's rights allow it at this moment.</summary>
    /// <returns>What went wrong, in words; null if nothing did.</returns>
    private Task<string?> DoAsync(Func<Actor, Task<string?>> action) => Person.TryAsync(Policies.Administer, action);
}

/// <summary>The result of creating a link.</summary>
/// <param name="Address">The link; null if none was created.</param>
/// <param name="Fault">Why none was created.</param>
public sealed record LinkResult(string? Address, string? Fault);
