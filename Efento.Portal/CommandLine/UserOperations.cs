using System.Globalization;
using Efento.Portal.Access;

namespace Efento.Portal.CommandLine;

/// <summary>Carries out the command <c>users</c>.</summary>
internal sealed class UserOperations(
    UserAccounts accounts, UserChanges changes, Invitations invitations, PeopleQuery people, LocationLookup locations, OwnAddress own,
    PublicAddress known)
{
    private const string ShownOnce = "The link is shown this once.";

    private const string OtherAddress =
        "If people open the portal by another address, put that in the place of the one before /invitation.";

    /// <summary>Invites a user, or makes the account.</summary>
    public async Task<ControlReply> AddAsync(AddUser add, CancellationToken cancellationToken)
    {
        var (limit, fault) = await locations.LimitToAsync(add.Locations, cancellationToken);
        if (fault is not null)
        {
            return ControlReply.Failed(fault);
        }

        if (add.Password is null)
        {
            return Link(await invitations.InviteAsync(Actor.Command, add.Email, add.Role, limit, cancellationToken));
        }

        var faults = await accounts.AddAsync(Actor.Command, add.Email, add.Password, add.Role, limit, cancellationToken);
        return faults.Count == 0
            ? ControlReply.Done($"{add.Email} can sign in as {add.Role}.")
            : ControlReply.Failed(string.Join(' ', AccessWords.Of(faults)));
    }

    /// <summary>Limits an account to locations, or lifts the limit.</summary>
    public async Task<ControlReply> LimitAsync(LimitUser ask, CancellationToken cancellationToken)
    {
        var (limit, fault) = await locations.LimitToAsync(ask.Locations, cancellationToken);
        if (fault is not null)
        {
            return ControlReply.Failed(fault);
        }

        if (
            (await people.UsersAsync(cancellationToken)).FirstOrDefault(
                u => u.Email.Equals(ask.Email, StringComparison.OrdinalIgnoreCase)) is not { } user)
        {
            return ControlReply.Failed(AccessWords.Of(AccessFaultKind.HasNoAccount));
        }

        return await changes.SetLocationsAsync(Actor.Command, user.Seen, limit, "asked for at the server", cancellationToken) switch
        {
            UserChange.Done =>
                ControlReply.Done($"{user.Email} now sees {LocationLookup.Sees(limit, await locations.ReadAsync(cancellationToken))}."),
            UserChange.SeesEverything => ControlReply.Failed(AccessWords.Of(AccessFaultKind.SeesEverything)),
            UserChange.LocationsGone => ControlReply.Failed(AccessWords.Of(AccessFaultKind.LocationsGone)),
            _ => ControlReply.Failed("Somebody else changed this account meanwhile; nothing was overwritten."),
        };
    }

    /// <summary>Makes a link for setting a new password.</summary>
    public async Task<ControlReply> ResetAsync(ResetUser reset, CancellationToken cancellationToken) =>
        Link(await invitations.ResetAsync(Actor.Command, reset.Email, "asked for at the server", endsSessions: true, cancellationToken));

    /// <summary>Shows all accounts.</summary>
    public async Task<ControlReply> ListAsync(CancellationToken cancellationToken)
    {
        var tree = await locations.ReadAsync(cancellationToken);
        return ControlReply.Table(
            ["E-MAIL", "ROLE", "STATE", "LAST SIGN-IN (UTC)", "OPEN SESSIONS", "SEES"],
            (await people.UsersAsync(cancellationToken)).Select(u => (string[])
            [
                u.Email,
                u.Role.ToString(),
                u.DisabledUtc is not null ? "disabled" : u.LockedUntil is { } until ? $"locked until {InWords(until)}" : "enabled",
                InWords(u.LastSignInUtc),
                u.OpenSessions.ToString(CultureInfo.InvariantCulture),
                LocationLookup.Sees(u.Limit, tree),
            ]));
    }

    private ControlReply Link(NewLink link) => link.Code is { } code
        ? ControlReply.Done(own.LinkTo(Invitations.PathOf(code))) with
        {
            Notes = [known.Now is null ? $"{ShownOnce} {OtherAddress}" : ShownOnce],
        }
        : ControlReply.Failed(AccessWords.Of(link.Fault!));

    private static string InWords(DateTimeOffset? timeUtc) => timeUtc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
