using Microsoft.AspNetCore.Authorization;

namespace Efento.Portal.Access;

/// <summary>The authorization policies. Every page, action, hub and route names one of these, or is marked as open.</summary>
internal static class Policies
{
    /// <summary>See pages, values and downloads: all signed-in users.</summary>
    public const string View = "View";

    /// <summary>Acknowledge, comment, name things: Operator, Administrator.</summary>
    public const string Operate = "Operate";

    /// <summary>See the audit trail, the quarantine and the admin pages: Auditor, Administrator.</summary>
    public const string Inspect = "Inspect";

    /// <summary>Change what the portal does and who may use it: Administrator.</summary>
    public const string Administer = "Administer";

    /// <summary>The roles that each policy allows.</summary>
    public static IReadOnlyDictionary<string, Role[]> Roles { get; } = new Dictionary<string, Role[]>
    {
        [View] = [Role.Administrator, Role.Operator, Role.Viewer, Role.Auditor],
        [Operate] = [Role.Administrator, Role.Operator],
        [Inspect] = [Role.Administrator, Role.Auditor],
        [Administer] = [Role.Administrator],
    };

    internal static void Add(AuthorizationBuilder authorization)
    {
        foreach (var (policy, roles) in Roles)
        {
            authorization.AddPolicy(policy, p => p
                .AddAuthenticationSchemes(PeopleAuthentication.Scheme)
                .RequireAuthenticatedUser()
                .RequireRole(roles.Select(role => role.ToString())));
        }
    }
}

/// <summary>The role of a user; each user has exactly one.</summary>
public enum Role : byte
{
    /// <summary>Sees everything except the admin pages.</summary>
    Viewer,

    /// <summary>Also acknowledges, comments and names things.</summary>
    Operator,

    /// <summary>Sees everything, including the audit trail and the quarantine; changes nothing.</summary>
    Auditor,

    /// <summary>Does everything.</summary>
    Administrator,
}
