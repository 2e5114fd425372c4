using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Efento.Portal.Outgoing.HomeAssistant;

/// <summary>The topics by which Home Assistant finds the points of a feed. They have ids alone, no names.</summary>
/// <param name="prefix">What topics of the channel begin with.</param>
/// <param name="feed">The key of the feed.</param>
internal sealed class HomeAssistantTopics(string prefix, string feed)
{
    /// <summary>Where Home Assistant looks unless somebody told it otherwise.</summary>
    private const string Discovery = "homeassistant";

    private const int HashedBytes = 8;

    /// <summary>Names the feed among those of all portals at a broker.</summary>
    private readonly string _node =
        $"efento-portal-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}\n{feed}")).AsSpan(0, HashedBytes))}";

    /// <summary>Where the portal says that it is there.</summary>
    public string Status => $"{prefix}/{_node}/status";

    /// <summary>All that Home Assistant was told of the feed.</summary>
    public string Everything => $"{Discovery}/+/{_node}/+/config";

    /// <summary>Where Home Assistant is told of a channel.</summary>
    /// <param name="component">Its kind there: sensor or binary_sensor.</param>
    /// <param name="its">The channel.</param>
    public string ConfigOf(string component, HomeAssistantSeries its) => $"{Discovery}/{component}/{_node}/{IdOf(its)}/config";

    /// <summary>The name of a channel that stays the same, whatever people call it.</summary>
    public string UniqueIdOf(HomeAssistantSeries its) => $"{_node}-{IdOf(its)}";

    /// <summary>The name of a point that stays the same.</summary>
    public string DeviceIdOf(HomeAssistantSeries its) => string.Create(CultureInfo.InvariantCulture, $"{_node}-point-{its.Point.Id}");

    /// <summary>Where the values of a channel are published.</summary>
    public string StateOf(HomeAssistantSeries its) => MqttReadings.TopicOf(prefix, its.Point, its.Channel);

    private static string IdOf(HomeAssistantSeries its) =>
        string.Create(CultureInfo.InvariantCulture, $"point-{its.Point.Id}-{its.Channel}");
}
