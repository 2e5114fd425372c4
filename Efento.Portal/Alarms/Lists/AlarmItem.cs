using Efento.Portal.Alarms.Rules;

namespace Efento.Portal.Alarms.Lists;

/// <summary>An alarm in the read API; docs/read-api.md describes its fields.</summary>
internal sealed record AlarmItem
{
    public required int Id { get; init; }
    public required string State { get; init; }
    public required string Level { get; init; }
    public required string Kind { get; init; }
    public required string Rule { get; init; }
    public required AlarmPointItem? Point { get; init; }
    public required string? Logger { get; init; }
    public required string? Gateway { get; init; }
    public required int? Channel { get; init; }
    public required string? Type { get; init; }
    public required string? DeliveryChannel { get; init; }
    public required DateTimeOffset BeganAt { get; init; }
    public required DateTimeOffset? BeganAfter { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required double? Peak { get; init; }
    public required string? Unit { get; init; }
    public required double? Limit { get; init; }
    public required bool FoundAfterwards { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required string? AcknowledgedBy { get; init; }
    public required string? Comment { get; init; }
    public required string? Cause { get; init; }
    public required string? Action { get; init; }
    public required int? CauseAlarmId { get; init; }

    /// <summary>An alarm for a program.</summary>
    public static AlarmItem Of(AlarmLine line)
    {
        var alarm = line.Alarm;
        return new()
        {
            Id = alarm.Id,
            State = Word(line.State),
            Level = Word(alarm.Level),
            Kind = Word(alarm.Kind),
            Rule = line.Rule.Key,
            Point = line.Point is { } point ? new(point.Id, point.Name, point.Place) : null,
            Logger = line.Serial,
            Gateway = line.Gateway,
            Channel = alarm.Channel == 0 ? null : alarm.Channel,
            Type = line.Type?.Name ?? (alarm.Type.Length == 0 ? null : alarm.Type),
            DeliveryChannel = alarm.DeliveryChannel,
            BeganAt = At(alarm.BeganMs),
            BeganAfter = alarm.BeganAfterMs is { } after ? At(after) : null,
            RaisedAt = At(alarm.RaisedMs),
            EndedAt = alarm.EndedMs is { } ended ? At(ended) : null,
            Peak = alarm.Peak,
            Unit = UnitOf(line),
            Limit = alarm.Limit,
            FoundAfterwards = alarm.IsFoundAfterwards,
            AcknowledgedAt = alarm.AcknowledgedUtc,
            AcknowledgedBy = alarm.AcknowledgedBy,
            Comment = alarm.Comment,
            Cause = alarm.CauseWord,
            Action = alarm.ActionWord,
            CauseAlarmId = alarm.CauseId,
        };
    }

    /// <summary>A word as programs know it: sensorError, critical, active.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? UnitOf(AlarmLine line) => line.Alarm.Kind switch
    {
        RuleKind.Limits or RuleKind.Rate => line.Type?.Unit,
        RuleKind.Signal => "dBm",
        RuleKind.Gateway or RuleKind.Portal when line.Alarm.Peak is not null => "%",
        _ => null,
    };

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}

/// <summary>The measuring point of an alarm in the read API.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it lies; null if nobody said.</param>
internal sealed record AlarmPointItem(int Id, string Name, string? Place);
