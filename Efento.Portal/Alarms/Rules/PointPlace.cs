namespace Efento.Portal.Alarms.Rules;

/// <summary>
/// Where a measuring point lay from some time on, and whether its readings are judged: not while its logger is held, set to N or retired.
/// There is a row for each change, so that a reading is judged by the place of its time.
/// </summary>
public sealed class PointPlace
{
    /// <summary>The measuring point.</summary>
    public required int PointId { get; init; }

    /// <summary>From when on, by the time measured, Unix ms; <see cref="long.MinValue"/>: from the beginning of time.</summary>
    public required long FromMs { get; init; }

    /// <summary>The keys of its location and of those around it, nearest first, separated by spaces; empty for none.</summary>
    public required string Path { get; init; }

    /// <summary>Whether its readings are judged.</summary>
    public required bool IsJudged { get; init; }
}
