namespace Efento.Portal.Notifications.Push;

/// <summary>What the audit trail says of devices.</summary>
internal static class PushAudit
{
    /// <summary>Somebody wants to be told on a device.</summary>
    public const string Added = "device added";

    /// <summary>The push service of a device gave it another address.</summary>
    public const string Renewed = "device renewed";

    /// <summary>A device was removed.</summary>
    public const string Removed = "device removed";

    /// <summary>A test message was sent to a device.</summary>
    public const string Tested = "device tested";

    /// <summary>The keys by which push services know the portal were made.</summary>
    public const string KeysMade = "push keys made";
}
