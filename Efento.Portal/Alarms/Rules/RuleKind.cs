namespace Efento.Portal.Alarms.Rules;

/// <summary>What a rule watches. docs/alarms.md lists the conditions of each kind.</summary>
public enum RuleKind : byte
{
    /// <summary>The limits of a channel.</summary>
    Limits = 1,

    /// <summary>How fast the value of a channel changes.</summary>
    Rate = 2,

    /// <summary>How long a binary channel is open, wet, on or in alarm.</summary>
    State = 3,

    /// <summary>Whether a logger keeps its own promise of the next measurement.</summary>
    Silence = 4,

    /// <summary>How long a channel delivers no value.</summary>
    SensorError = 5,

    /// <summary>Whether a logger's battery is low.</summary>
    Battery = 6,

    /// <summary>How weakly a logger is heard.</summary>
    Signal = 7,

    /// <summary>Whether a gateway is heard, and its power (<see cref="RuleSubjects"/>).</summary>
    Gateway = 8,

    /// <summary>The portal itself: its disk, its quarantine, its clock, its channels, its backups (<see cref="RuleSubjects"/>).</summary>
    Portal = 9,
}

/// <summary>What a rule of the kinds gateway and portal watches; it stands where others have the measurement type.</summary>
public static class RuleSubjects
{
    /// <summary>A gateway is offline.</summary>
    public const string Offline = "offline";

    /// <summary>A gateway runs on its battery.</summary>
    public const string OnBattery = "onBattery";

    /// <summary>The charge of a gateway's battery is low.</summary>
    public const string LowBattery = "lowBattery";

    /// <summary>A gateway was restarted.</summary>
    public const string Restarted = "restarted";

    /// <summary>A sender is rejected because of its token.</summary>
    public const string WrongToken = "wrongToken";

    /// <summary>The disk with the portal's data is nearly full.</summary>
    public const string Disk = "disk";

    /// <summary>Something is in quarantine.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>The server's clock is wrong.</summary>
    public const string Clock = "clock";

    /// <summary>Messages do not get through one of the channels of notifications.</summary>
    public const string Channel = "channel";

    /// <summary>The last backup failed or is too old.</summary>
    public const string Backup = "backup";

    /// <summary>The subjects of rules about gateways.</summary>
    public static readonly IReadOnlyList<string> OfGateways = [Offline, OnBattery, LowBattery, Restarted, WrongToken];

    /// <summary>The subjects of rules about the portal.</summary>
    public static readonly IReadOnlyList<string> OfPortal = [Disk, Quarantine, Clock, Channel, Backup];
}
