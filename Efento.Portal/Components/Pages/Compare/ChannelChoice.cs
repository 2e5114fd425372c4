using System.Globalization;
using Efento.Portal.Devices;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>
/// What an address asks to compare: all channels of a measuring point ("12"), one of them by its number ("12.2"), or those of a type
/// ("12.temperature"). A logger's serial stands for the point it measures at.
/// </summary>
/// <param name="Text">The choice as it stands in the address.</param>
public sealed record ChannelChoice(string Text)
{
    private const int MostDigits = 9;
    private const int SerialDigits = 12;
    private const int Most = 50;

    private string[] Parts => Text.Split('.', 2);

    /// <summary>The key of the point; null if it is not given by its key.</summary>
    public int? PointId =>
        Parts[0].Length <= MostDigits && int.TryParse(Parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The serial of a logger; null if it is not given by one.</summary>
    public string? Serial => Parts[0].Length == SerialDigits && Parts[0].All(char.IsAsciiHexDigit) ? Parts[0] : null;

    /// <summary>The choices of an address in order; of very many, the first.</summary>
    public static IReadOnlyList<ChannelChoice> ListOf(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct().Take(Most).Select(one => new ChannelChoice(one)),
    ];

    /// <summary>The choice of a channel: by its number if the point has one type of that number alone.</summary>
    public static ChannelChoice Of(int pointId, PointChannel channel, IEnumerable<PointChannel> all) => new(
        all.Count(c => c.Channel == channel.Channel) == 1 ? $"{pointId}.{channel.Channel}" : $"{pointId}.{channel.Type.Key}");

    /// <summary>The choice with the key of its point.</summary>
    public ChannelChoice At(int pointId) =>
        PointId is null ? new(string.Join('.', [pointId.ToString(CultureInfo.InvariantCulture), .. Parts[1..]])) : this;

    /// <summary>Whether it includes a channel of its point.</summary>
    public bool Includes(PointChannel channel) =>
        Parts is not [_, var wanted]
        || wanted == channel.Channel.ToString(CultureInfo.InvariantCulture)
        || wanted.Equals(channel.Type.Key, StringComparison.OrdinalIgnoreCase)
        || wanted.Equals(channel.Type.Name, StringComparison.OrdinalIgnoreCase);
}
