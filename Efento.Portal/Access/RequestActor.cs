using System.Security.Claims;
using Efento.Portal.Configuration;

namespace Efento.Portal.Access;

/// <summary>Finds the actor of a request, for the audit trail.</summary>
internal static class RequestActor
{
    /// <summary>The signed-in user, or the program with its API token.</summary>
    public static Actor Of(HttpContext context) => new(
        PeopleAuthentication.KeyOf(context.User) is null ? ActorKind.ApiToken : ActorKind.Person,
        context.User.FindFirstValue(ClaimTypes.Name) ?? "",
        AddressOf(context),
        PeopleAuthentication.UserIdOf(context.User));

    /// <summary>The remote IP address of a request, an IPv4 address in IPv4 form; null without a request.</summary>
    public static string? AddressOf(HttpContext? context) =>
        context?.Connection.RemoteIpAddress is null ? null : Networks.AddressOf(context.Connection).ToString();
}
