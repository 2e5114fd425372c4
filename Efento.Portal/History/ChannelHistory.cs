using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>What one channel measured in a range. At a measuring point all its loggers together make one line.</summary>
public sealed record ChannelHistory
{
    /// <summary>The loggers' channel, 1–255.</summary>
    public required byte Channel { get; init; }

    /// <summary>What is measured, with its unit.</summary>
    public required MeasurementType Type { get; init; }

    /// <summary>Points in order, breaks included, at most as many as asked for; empty for binary channels.</summary>
    public required IReadOnlyList<BandPoint> Points { get; init; }

    /// <summary>Whether points stand for several readings. Then a band from minimum to maximum is to be drawn.</summary>
    public required bool IsReduced { get; init; }

    /// <summary>How many whole days of the user's zone each point stands for; 0 if points are not whole days.</summary>
    public int Days { get; init; }

    /// <summary>The states of a binary channel in order, at most as many as points were asked for; empty for other kinds.</summary>
    public IReadOnlyList<StateStretch> States { get; init; } = [];

    /// <summary>The times without values, with their causes, in order. If there are very many, only the longest.</summary>
    public required IReadOnlyList<HistoryGap> Gaps { get; init; }

    /// <summary>When readings came late (<see cref="LateRule"/>), in order. Rolled-up hours and days count as a whole.</summary>
    public required IReadOnlyList<Stretch> Late { get; init; }

    /// <summary>The statistics of the range.</summary>
    public required RangeStatistics Statistics { get; init; }
}
