namespace Efento.Portal.Notifications.Channels;

/// <summary>What became of an attempt to send a message.</summary>
public enum SendOutcome : byte
{
    /// <summary>The other server said that it has the message.</summary>
    Accepted = 0,

    /// <summary>Another attempt may succeed.</summary>
    TryAgain = 1,

    /// <summary>Another attempt can't help as long as message and settings are what they are.</summary>
    Refused = 2,

    /// <summary>The recipient has no device to which it could go.</summary>
    NoDevice = 3,
}
