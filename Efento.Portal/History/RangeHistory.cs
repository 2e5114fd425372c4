using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What was measured at a point in a range, with few enough points to draw.</summary>
/// <param name="FromUtc">The begin of the range.</param>
/// <param name="ToUtc">The end of the range; not part of it.</param>
/// <param name="Resolution">What the points were made of.</param>
/// <param name="Channels">The channels, ordered by number and type.</param>
/// <param name="Replacements">When another logger took over, oldest first.</param>
public sealed record RangeHistory(
    DateTimeOffset FromUtc,
    DateTimeOffset ToUtc,
    Resolution Resolution,
    IReadOnlyList<ChannelHistory> Channels,
    IReadOnlyList<ReplacementMark> Replacements);
