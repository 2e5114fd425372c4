using System.Text.Json;
using System.Text.Json.Serialization;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What a logger measured in a range, as the read API returns it.</summary>
/// <param name="Serial">The logger.</param>
/// <param name="From">The begin of the range.</param>
/// <param name="To">The end of the range; not part of it.</param>
/// <param name="Resolution">What the points were made of: <c>readings</c>, <c>hours</c> or <c>days</c> (UTC).</param>
/// <param name="Channels">The channels, ordered by number and type.</param>
internal sealed record HistoryItem(
    string Serial, DateTimeOffset From, DateTimeOffset To, string Resolution, IReadOnlyList<HistoryChannelItem> Channels)
{
    /// <summary>A history as the read API returns it.</summary>
    public static HistoryItem Of(string serial, RangeHistory history) => new(
        serial, history.FromUtc, history.ToUtc,
        history.Resolution switch { History.Resolution.Day => "days", History.Resolution.Hour => "hours", _ => "readings" },
        [.. history.Channels.Select(HistoryChannelItem.Of)]);
}

/// <summary>What a channel measured in a range.</summary>
internal sealed record HistoryChannelItem
{
    /// <summary>The logger's channel, 1–255.</summary>
    public required int Channel { get; init; }

    /// <summary>What is measured.</summary>
    public required string Type { get; init; }

    /// <summary>The unit of the values, empty if there is none.</summary>
    public required string Unit { get; init; }

    /// <summary>The points; empty for a channel that has states.</summary>
    public required HistoryPointItems Points { get; init; }

    /// <summary>The states of a channel with two of them, such as a door.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HistoryStateItem>? States { get; init; }

    /// <summary>The times without values, in order. If there are very many, only the longest.</summary>
    public required IReadOnlyList<HistoryGapItem> Gaps { get; init; }

    /// <summary>A channel as the read API returns it.</summary>
    public static HistoryChannelItem Of(ChannelHistory channel) => new()
    {
        Channel = channel.Channel,
        Type = channel.Type.Name,
        Unit = channel.Type.Unit,
        Points = HistoryPointItems.Of(channel.Type.Kind, [.. channel.Points.Where(point => !point.IsBreak)]),
        States = channel.Type.Kind is MeasurementKind.Binary ? [.. channel.States.Select(HistoryStateItem.Of)] : null,
        Gaps = [.. channel.Gaps.Select(HistoryGapItem.Of)],
    };
}

/// <summary>
/// Points column by column: the n-th time belongs to the n-th value of each other list. Names before each number would double the answer.
/// </summary>
internal sealed record HistoryPointItems
{
    // Sensors resolve three decimals at most; the rest of a mean is noise of the division.
    private const int DecimalsOfMean = 6;

    /// <summary>Halfway between the first and the last reading of the point.</summary>
    public required IReadOnlyList<DateTimeOffset> Time { get; init; }

    /// <summary>The smallest value of the point.</summary>
    public required IReadOnlyList<double> Min { get; init; }

    /// <summary>The mean of its values, to six decimals; each reading counts alike.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>The largest value.</summary>
    public required IReadOnlyList<double> Max { get; init; }

    /// <summary>How many readings with a value it stands for.</summary>
    public required IReadOnlyList<int> Count { get; init; }

    /// <summary>How much a counter counted in that time; only for counters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Total { get; init; }

    /// <summary>The columns of these points.</summary>
    public static HistoryPointItems Of(MeasurementKind kind, IReadOnlyList<BandPoint> points) => new()
    {
        Time = [.. points.Select(point => DateTimeOffset.FromUnixTimeMilliseconds(point.TimeMs))],
        Min = [.. points.Select(point => point.Min)],
        Mean = [.. points.Select(point => Math.Round(point.Mean, DecimalsOfMean))],
        Max = [.. points.Select(point => point.Max)],
        Count = [.. points.Select(point => point.Count)],
        Total = kind is MeasurementKind.PeriodCounter or MeasurementKind.RunningCounter ? [.. points.Select(point => point.Total)] : null,
    };
}

/// <summary>A time in one state, or one with too many changes to list them.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
/// <param name="State">0 or 1; null if it changed too often.</param>
/// <param name="Changes">How often it changed; 0 if it is one state.</param>
/// <param name="ShareOfOne">The share of readings with 1, from 0 to 1.</param>
internal sealed record HistoryStateItem(DateTimeOffset From, DateTimeOffset To, int? State, long Changes, double ShareOfOne)
{
    /// <summary>A state as the read API returns it.</summary>
    public static HistoryStateItem Of(StateStretch state) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(state.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(state.ToMs), state.State,
        state.Changes, state.ShareOfOne);
}

/// <summary>A time without values.</summary>
/// <param name="From">The last value before it, or the begin of the range.</param>
/// <param name="To">The first value after it, or the end of the range or the present.</param>
/// <param name="Cause">
/// <c>missing</c>, <c>noValue</c>, <c>maintenance</c>, <c>gatewayOffline</c>, <c>notSynchronised</c> or <c>notHeard</c>.
/// </param>
internal sealed record HistoryGapItem(DateTimeOffset From, DateTimeOffset To, string Cause)
{
    /// <summary>A gap as the read API returns it.</summary>
    public static HistoryGapItem Of(HistoryGap gap) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(gap.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(gap.ToMs),
        JsonNamingPolicy.CamelCase.ConvertName(gap.Cause.ToString()));
}
