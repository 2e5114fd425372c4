using Efento.Portal.Alarms;
using Efento.Portal.Measurements;
using Efento.Portal.Notifications.Channels;

namespace Efento.Portal.Notifications.Documents;

/// <summary>The words of notifications.json.</summary>
internal static class NotificationWords
{
    /// <summary>The kinds of channels.</summary>
    public static IReadOnlyDictionary<string, ChannelKind> Kinds { get; } = new Dictionary<string, ChannelKind>
    {
        ["email"] = ChannelKind.Email,
        ["webhook"] = ChannelKind.Webhook,
        ["ntfy"] = ChannelKind.Ntfy,
        ["slack"] = ChannelKind.Slack,
        ["teams"] = ChannelKind.Teams,
        ["sms"] = ChannelKind.Sms,
        ["mqtt"] = ChannelKind.Mqtt,
        ["push"] = ChannelKind.Push,
    };

    /// <summary>How connections are protected.</summary>
    public static IReadOnlyDictionary<string, ChannelSecurity> Securities { get; } = new Dictionary<string, ChannelSecurity>
    {
        ["none"] = ChannelSecurity.None,
        ["starttls"] = ChannelSecurity.StartTls,
        ["tls"] = ChannelSecurity.Tls,
    };

    /// <summary>How connections to brokers of MQTT are protected: they know no change to TLS.</summary>
    public static IReadOnlyDictionary<string, ChannelSecurity> BrokerSecurities { get; } =
        Securities.Where(s => s.Value is not ChannelSecurity.StartTls).ToDictionary();

    /// <summary>Levels, each of which stands for itself and those above.</summary>
    public static IReadOnlyDictionary<string, AlarmLevel> Levels { get; } = new Dictionary<string, AlarmLevel>
    {
        ["warning"] = AlarmLevel.Warning,
        ["critical"] = AlarmLevel.Critical,
    };

    /// <summary>Units of temperatures.</summary>
    public static IReadOnlyDictionary<string, TemperatureUnit> Temperatures { get; } = new Dictionary<string, TemperatureUnit>
    {
        ["C"] = TemperatureUnit.Celsius,
        ["F"] = TemperatureUnit.Fahrenheit,
    };

    /// <summary>Units of air pressure.</summary>
    public static IReadOnlyDictionary<string, PressureUnit> Pressures { get; } = new Dictionary<string, PressureUnit>
    {
        ["hPa"] = PressureUnit.Hectopascal,
        ["inHg"] = PressureUnit.InchOfMercury,
    };

    /// <summary>Methods of HTTP, and whether they are POST.</summary>
    public static IReadOnlyDictionary<string, bool> Methods { get; } = new Dictionary<string, bool> { ["GET"] = false, ["POST"] = true };

    /// <summary>The word for a value.</summary>
    public static string Of<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct => words.First(w => w.Value.Equals(value)).Key;
}
