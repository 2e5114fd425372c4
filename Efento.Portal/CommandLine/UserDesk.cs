using System.Globalization;
using Efento.Portal.Access;

namespace Efento.Portal.CommandLine;

/// <summary>Does what the command <c>users</c> asks for.</summary>
internal sealed class UserDesk(UserAccounts accounts, Invitations invitations, PeopleQuery people, OwnAddress address)
{
    /// <summary>Invites somebody, or makes the account.</summary>
    public async Task<ControlReply> AddAsync(AddUser add, CancellationToken cancellationToken)
    {
        if (add.Password is null)
        {
            return Link(await invitations.InviteAsync(Actor.Command, add.Email, add.Role, limit: null, cancellationToken));
        }

        var faults = await accounts.AddAsync(Actor.Command, add.Email, add.Password, add.Role, cancellationToken);
        return faults.Count == 0
            ? ControlReply.Done($"{add.Email} can sign in as {add.Role}.")
            : ControlReply.Failed(string.Join(' ', faults));
    }

    /// <summary>Makes a link for a new password.</summary>
    public async Task<ControlReply> ResetAsync(ResetUser reset, CancellationToken cancellationToken) =>
        Link(await invitations.ResetAsync(Actor.Command, reset.Email, "asked for at the server", endsSessions: true, cancellationToken));

    /// <summary>Shows all accounts.</summary>
    public async Task<ControlReply> ListAsync(CancellationToken cancellationToken) => ControlReply.Table(
        ["E-MAIL", "ROLE", "STATE", "LAST SIGN-IN (UTC)", "OPEN SESSIONS"],
        (await people.UsersAsync(cancellationToken)).Select(u => (string[])
        [
            u.Email,
            u.Role.ToString(),
            u.DisabledUtc is not null ? "disabled" : u.LockedUntil is { } until ? $"locked until {InWords(until)}" : "enabled",
            InWords(u.LastSignInUtc),
            u.OpenSessions.ToString(CultureInfo.InvariantCulture),
        ]));

    private ControlReply Link(NewLink link) => link.Code is { } code
        ? ControlReply.Done(address.LinkTo(Invitations.PathOf(code))) with
        {
            Notes = ["The link is shown this once. If people open the portal by another address, put that in the place of the one before /invitation."],
        }
        : ControlReply.Failed(link.Fault!);

    private static string InWords(DateTimeOffset? timeUtc) => timeUtc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
