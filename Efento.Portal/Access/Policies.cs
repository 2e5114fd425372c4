using Microsoft.AspNetCore.Authorization;

namespace Efento.Portal.Access;

/// <summary>What people may do; every page, action, hub and route names one of these or says that it is open.</summary>
public static class Policies
{
    /// <summary>See pages, values and downloads: everybody who is signed in.</summary>
    public const string Look = "Look";

    /// <summary>Acknowledge, comment, name things: Operator, Administrator.</summary>
    public const string Operate = "Operate";

    /// <summary>See the audit trail, the quarantine and the admin pages: Auditor, Administrator.</summary>
    public const string Inspect = "Inspect";

    /// <summary>Change what the portal does and who may use it: Administrator.</summary>
    public const string Administer = "Administer";

    /// <summary>The roles each policy takes.</summary>
    public static IReadOnlyDictionary<string, Role[]> Roles { get; } = new Dictionary<string, Role[]>
    {
        [Look] = [Role.Administrator, Role.Operator, Role.Viewer, Role.Auditor],
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

/// <summary>What somebody is in the portal; each has exactly one.</summary>
public enum Role : byte
{
    /// <summary>Looks at everything but the admin pages.</summary>
    Viewer,

    /// <summary>Also acknowledges, comments and names things.</summary>
    Operator,

    /// <summary>Looks at everything, the audit trail and the quarantine included; changes nothing.</summary>
    Auditor,

    /// <summary>Does everything.</summary>
    Administrator,
}
