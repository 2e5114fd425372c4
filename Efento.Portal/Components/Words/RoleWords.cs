using Efento.Portal.Access;

namespace Efento.Portal.Components.Words;

/// <summary>What roles may do, for people.</summary>
public static class RoleWords
{
    /// <summary>What a role is called.</summary>
    public static string Name(Role role) => role switch
    {
        Role.Administrator => DeviceText.Administrator,
        Role.Operator => DeviceText.Operator,
        Role.Auditor => DeviceText.Auditor,
        _ => DeviceText.Viewer,
    };

    /// <summary>One sentence.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Administrator => DeviceText.AdministratorMay,
        Role.Operator => DeviceText.OperatorMay,
        Role.Auditor => DeviceText.AuditorMay,
        _ => DeviceText.ViewerMay,
    };
}
