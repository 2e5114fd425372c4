namespace Efento.Portal.Measurements.Ranges;

/// <summary>What one channel measured in a range; of a measuring point one line, whichever loggers measured there.</summary>
public sealed record ChannelHistory
{
    /// <summary>The loggers' channel, 1–255.</summary>
    public required byte Channel { get; init; }

    /// <summary>What is measured, with its unit.</summary>
    public required MeasurementType Type { get; init; }

    /// <summary>Points in order, breaks among them, never more than asked for; empty for binary channels.</summary>
    public required IReadOnlyList<BandPoint> Points { get; init; }

    /// <summary>Whether points stand for several readings: draw a band from minimum to maximum.</summary>
    public required bool IsReduced { get; init; }

    /// <summary>The states of a binary channel in order, never more than points asked for; empty for other kinds.</summary>
    public IReadOnlyList<StateStretch> States { get; init; } = [];

    /// <summary>The times without values with their causes, in order; the longest where there are very many.</summary>
    public required IReadOnlyList<HistoryGap> Gaps { get; init; }

    /// <summary>Where readings came late (<see cref="LateRule"/>), in order; in whole hours or days where the range is rolled up.</summary>
    public required IReadOnlyList<Stretch> Late { get; init; }

    /// <summary>The range in figures.</summary>
    public required RangeStatistics Statistics { get; init; }
}
