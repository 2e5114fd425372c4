using Efento.Portal.Access;

namespace Efento.Portal.Components.Words;

/// <summary>What roles may do, for people.</summary>
public static class RoleWords
{
    /// <summary>One sentence.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Administrator => "does everything.",
        Role.Operator => "looks, acknowledges, comments and names things.",
        Role.Auditor => "looks at everything, the audit trail included, and changes nothing.",
        _ => "looks at values and devices.",
    };
}
