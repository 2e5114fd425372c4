using System.Globalization;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>Texts about the measurements of a range.</summary>
public static class PointWords
{
    /// <summary>Describes the range in one sentence.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="range">The range that ends now; null for a fixed range.</param>
    /// <param name="units">The user's units.</param>
    public static string Sentence(ChannelSummary channel, HistoryRange? range, Units units)
    {
        var time = range?.InSentence ?? PointsText.TheTimeShown;
        var (statistics, gaps) = (channel.Statistics, Gaps(channel));
        return statistics switch
        {
            { Count: 0 } => PointsText.SentenceNothing(channel.Name, time, gaps),
            { Changes: { } changes, Mean: { } share } =>
                PointsText.SentenceStates(
                    channel.Name, MeasurementWords.State(channel.Type, isOne: true), Percent(share), Coverage(channel), time, changes,
                    gaps),
            { Total: { } total } =>
                PointsText.SentenceCounter(channel.Name, Value(channel.Type, total, units), Coverage(channel), time, gaps),
            _ => PointsText.SentenceValues(
                channel.Name, Number(channel.Type, statistics.Min, units), Value(channel.Type, statistics.Max, units),
                Value(channel.Type, statistics.Mean, units), Coverage(channel), time, gaps),
        };
    }

    /// <summary>The number, total length and causes of the gaps.</summary>
    public static string Gaps(ChannelSummary channel)
    {
        var causes = string.Join(", ", channel.Gaps.Select(g => MeasurementWords.Cause(g.Cause)).Distinct());
        var length = GatewayWords.Span((long)channel.InGaps.TotalSeconds);
        return channel.Gaps.Count switch
        {
            0 => PointsText.GapsNone,
            1 => PointsText.GapsOne(length, causes),
            var count => PointsText.GapsSeveral(count, length, causes),
        };
    }

    /// <summary>The covered share, never "100 %" if something is missing.</summary>
    public static string Coverage(ChannelSummary channel) => Percent(channel.Statistics.Coverage);

    /// <summary>A value with its unit and the decimals of its type.</summary>
    public static string Value(MeasurementType type, double? value, Units units) =>
        $"{Number(type, value, units)} {ShownReading.Unit(type, value, units)}".TrimEnd();

    private static string Number(MeasurementType type, double? value, Units units) =>
        value is { } number
            ? ShownReading.Value(type, Math.Round(number, MeasurementWords.Decimals(type, Units.Vendor)), units)
            : ShownReading.None;

    /// <summary>A share, 0 to 1, in per cent; never 100 % for less than everything, and never 0 % for more than nothing.</summary>
    public static string Percent(double share) => PointsText.Percent(share switch
    {
        > 0 and < 0.01 => "<1",
        > 0.99 and < 1 => ">99",
        _ => Math.Round(share * 100).ToString("0", CultureInfo.CurrentCulture),
    });
}
