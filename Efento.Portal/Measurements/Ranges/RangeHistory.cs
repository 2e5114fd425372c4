using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>What was measured at a point or by a logger in a range, few enough to be drawn.</summary>
/// <param name="FromUtc">Its begin.</param>
/// <param name="ToUtc">Its end; not part of it.</param>
/// <param name="Resolution">What its points were made of.</param>
/// <param name="Channels">The channels, by number and type.</param>
/// <param name="Replacements">When another logger took over, oldest first.</param>
public sealed record RangeHistory(
    DateTimeOffset FromUtc,
    DateTimeOffset ToUtc,
    Resolution Resolution,
    IReadOnlyList<ChannelHistory> Channels,
    IReadOnlyList<ReplacementMark> Replacements);
