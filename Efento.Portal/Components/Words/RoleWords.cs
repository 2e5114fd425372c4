using Efento.Portal.Access;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about roles.</summary>
internal static class RoleWords
{
    /// <summary>The name of a role.</summary>
    public static string Name(Role role) => role switch
    {
        Role.Administrator => DeviceText.Administrator,
        Role.Operator => DeviceText.Operator,
        Role.Auditor => DeviceText.Auditor,
        Role.Viewer => DeviceText.Viewer,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>A sentence about what a role may do.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Administrator => DeviceText.AdministratorMay,
        Role.Operator => DeviceText.OperatorMay,
        Role.Auditor => DeviceText.AuditorMay,
        Role.Viewer => DeviceText.ViewerMay,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
