using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Compare;

/// <summary>A channel that is compared with others.</summary>
/// <param name="Number">Its number in the comparison, from 1 on: that of its colour.</param>
/// <param name="Details">Its measuring point.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Name">Its name within the point.</param>
public sealed record ComparedChannel(int Number, PointDetails Details, PointChannel Channel, string Name)
{
    /// <summary>Its name in the comparison, such as "1 · Fridge · Temperature".</summary>
    public string FullName => $"{Number} · {Details.Point.Name} · {Name}";

    /// <summary>Its choice in the address.</summary>
    public ChannelChoice Choice => ChannelChoice.Of(Details.Point.Id, Channel, Details.Channels);

    /// <summary>The logger that measures there now; null if none does.</summary>
    public LoggerOverview? Logger => Details.Logger;

    /// <summary>When its newest value was measured; null if there is none.</summary>
    public DateTimeOffset? NewestUtc => Series?.Latest?.MeasuredAtUtc;

    private SeriesOverview? Series => Logger?.Series.FirstOrDefault(s => (s.Channel, s.Type.Key) == Channel.Key);

    /// <summary>Its newest value; null if no logger measures it now.</summary>
    public ShownValue? ValueNow(Units units) => Logger is not { } logger ? null : logger.Series
        .Zip(LoggerWords.Values(logger, units))
        .Where(pair => (pair.First.Channel, pair.First.Type.Key) == Channel.Key)
        .Select(pair => pair.Second)
        .FirstOrDefault();
}

/// <summary>What is compared.</summary>
/// <param name="Channels">The channels in order, at most <see cref="Most"/>.</param>
/// <param name="Unknown">The choices for which there is nothing, or nothing that the user may see.</param>
/// <param name="LeftOut">The names of the channels that are chosen beyond those that are compared.</param>
internal sealed record Comparison(
    IReadOnlyList<ComparedChannel> Channels, IReadOnlyList<ChannelChoice> Unknown, IReadOnlyList<string> LeftOut)
{
    /// <summary>The most channels.</summary>
    public const int Most = 8;

    /// <summary>The choices, those of a logger's serial with its point instead.</summary>
    public required IReadOnlyList<ChannelChoice> Choices { get; init; }

    /// <summary>The points, each once.</summary>
    public IEnumerable<PointDetails> Points => Channels.Select(c => c.Details).DistinctBy(d => d.Point.Id);
}

/// <summary>Finds what an address asks to compare.</summary>
internal sealed class ComparisonQuery(PointQuery points, LoggerQuery loggers)
{
    /// <summary>What a user may see of the choices. What they may not see is the same as what does not exist.</summary>
    public async Task<Comparison> FindAsync(
        SiteScope scope, IReadOnlyList<ChannelChoice> choices, CancellationToken cancellationToken = default)
    {
        List<(PointDetails Details, PointChannel Channel, string Name)> found = [];
        List<ChannelChoice> unknown = [];
        List<ChannelChoice> ofPoints = [];
        Dictionary<int, PointDetails?> known = [];
        foreach (var choice in choices)
        {
            var details = await DetailsAsync(scope, choice, known, cancellationToken);
            var channels = Channels(details, choice).ToList();
            found.AddRange(channels.Where(one => !found.Any(f => IsSame(f, one))));
            unknown.AddRange(channels.Count == 0 ? [choice] : []);
            ofPoints.Add(details is null ? choice : choice.At(details.Point.Id));
        }

        return new Comparison(
            [.. found.Take(Comparison.Most).Select((one, i) => new ComparedChannel(i + 1, one.Details, one.Channel, one.Name))], unknown,
            [.. found.Skip(Comparison.Most).Select(one => $"{one.Details.Point.Name} · {one.Name}")])
        {
            Choices = [.. ofPoints.Distinct()],
        };
    }

    private async Task<PointDetails?> DetailsAsync(
        SiteScope scope, ChannelChoice choice, Dictionary<int, PointDetails?> known, CancellationToken cancellationToken)
    {
        var logger = choice.Serial is { } serial ? await loggers.FindAsync(scope, serial, cancellationToken) : null;
        if ((choice.PointId ?? logger?.Point?.Id) is not { } id)
        {
            return null;
        }

        if (!known.TryGetValue(id, out var details))
        {
            details = await points.FindAsync(scope, id, cancellationToken);
            known[id] = details?.Logger is { Approval: not LoggerApproval.Accepted } ? null : details;
        }

        return known[id];
    }

    private static IEnumerable<(PointDetails Details, PointChannel Channel, string Name)> Channels(
        PointDetails? details, ChannelChoice choice) =>
        details is null
            ? []
            : details.Channels
                .Zip(MeasurementWords.Labels([.. details.Channels.Select(c => (c.Channel, c.Type))]))
                .Where(pair => choice.Includes(pair.First))
                .Select(pair => (details, pair.First, pair.Second));

    private static bool IsSame(
        (PointDetails Details, PointChannel Channel, string Name) one, (PointDetails Details, PointChannel Channel, string Name) other) =>
        one.Details.Point.Id == other.Details.Point.Id && one.Channel.Key == other.Channel.Key;
}
