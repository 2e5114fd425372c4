using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// A heartbeat while it is read. If several values compete for a field, the top level has precedence over deeper ones, then the likelier
/// key, then the later value. An unusable value never has precedence.
/// </summary>
internal sealed class HeartbeatDraft
{
    private const int RanksPerLevel = 100;

    private readonly int[] _ranks = [.. Enumerable.Repeat(int.MaxValue, HeartbeatAliases.FieldCount)];
    private ParsedHeartbeat _heartbeat = new() { IsJson = true };

    /// <summary>The heartbeat so far.</summary>
    public ParsedHeartbeat Heartbeat => _heartbeat;

    /// <summary>Sets a field unless it already has a better value.</summary>
    public void Set(HeartbeatField field, int level, int rank, JsonScalar value) =>
        Replace(field, level, rank, With(field, value));

    /// <summary>Sets the number of loggers from a list of loggers.</summary>
    public void SetLoggers(int level, int rank, int count) =>
        Replace(HeartbeatField.Loggers, level, rank, _heartbeat with { LoggerCount = count });

    private void Replace(HeartbeatField field, int level, int rank, ParsedHeartbeat? replacement)
    {
        var place = (level * RanksPerLevel) + rank;
        if (replacement is not null && place <= _ranks[(int)field])
        {
            _ranks[(int)field] = place;
            _heartbeat = replacement;
        }
    }

    private ParsedHeartbeat? With(HeartbeatField field, JsonScalar value) => field switch
    {
        HeartbeatField.Serial when SerialReader.Read(value) is { } serial => _heartbeat with { Serial = serial },
        HeartbeatField.Version when Text(value, ParsedHeartbeat.MaxVersionLength) is { } version =>
            _heartbeat with { SoftwareVersion = version },
        HeartbeatField.Power when Text(value, ParsedHeartbeat.MaxPowerLength) is { } power => _heartbeat with { Power = power },
        HeartbeatField.Uptime when NumberReader.ReadWhole(value, 0, long.MaxValue) is { } uptime =>
            _heartbeat with { UptimeSeconds = uptime },
        HeartbeatField.Loggers when NumberReader.ReadWhole(value, 0, int.MaxValue) is { } count =>
            _heartbeat with { LoggerCount = (int)count },
        HeartbeatField.Battery when NumberReader.ReadWhole(value, 0, 100) is { } percent =>
            _heartbeat with { BatteryPercent = (int)percent },
        _ => null,
    };

    private static string? Text(JsonScalar value, int maxLength) => value.Kind switch
    {
        JsonTokenType.String or JsonTokenType.Number => PrintableText.Shorten(value.Trimmed, maxLength),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };
}
