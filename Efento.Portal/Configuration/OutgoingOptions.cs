namespace Efento.Portal.Configuration;

/// <summary>A feed: measurements that are sent on to another program as they are stored. docs/outgoing.md describes it.</summary>
public sealed class OutgoingOptions
{
    /// <summary>Its name, to which its position in the ledger belongs: letters, digits, "-", "_" and ".".</summary>
    public string Key { get; set; } = "";

    /// <summary>The key of the channel in notifications.json through which it sends.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The location whose measurements are sent, such as "Hospital/Ward 1". The default is "*": the whole site.</summary>
    public string Place { get; set; } = OutgoingRule.WholeSite;

    /// <summary>Whether Home Assistant is told of the points, if the channel is a broker of MQTT. The default is no.</summary>
    public bool HomeAssistant { get; set; }
}
