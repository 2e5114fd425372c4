using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>A logger as people read it.</summary>
public static class LoggerWords
{
    /// <summary>Below so many dBm records are lost on the way.</summary>
    private const int WeakBelow = -85;

    /// <summary>The latest value of each of its series; behind them, that its clock is wrong if its last records were set aside for their time.</summary>
    public static IReadOnlyList<ShownValue> Values(LoggerOverview logger, Units units)
    {
        var labels = Labels(logger);
        var newest = NewestUtc(logger);
        var values = logger.Series.Select((s, i) => Value(logger, s, labels[i], newest, units));
        return logger.SetAside == 0 ? [.. values] : [.. values, new ShownValue("", ShownReading.None, "", DeviceText.ClockWrong(logger.SetAside))];
    }

    /// <summary>The names of its series.</summary>
    public static IReadOnlyList<string> Labels(LoggerOverview logger) =>
        MeasurementWords.Labels([.. logger.Series.Select(s => (s.Channel, s.Type))]);

    /// <summary>When the newest of its latest values was measured; null if there is none.</summary>
    public static DateTimeOffset? NewestUtc(LoggerOverview logger) => logger.Series.Max(s => s.Latest?.MeasuredAtUtc);

    /// <summary>From when on it is late, and what it is beside that.</summary>
    public static Freshness FreshnessOf(LoggerOverview logger, MaintenanceWindow? maintenance)
    {
        var state = LoggerState.Of(logger, maintenance);
        return new Freshness(state.DueUtc, state.LateUtc, state.SilentUtc, Word(state)) { IsInMaintenance = state.IsExplained };
    }

    /// <summary>A signal strength with what it is worth (Bluetooth, dBm).</summary>
    public static string Signal(short? signal) => signal switch
    {
        null => ShownReading.None,
        >= 0 => $"{signal}",
        >= -70 => DeviceText.SignalStrong($"−{-signal}"),
        >= WeakBelow => DeviceText.SignalFair($"−{-signal}"),
        _ => DeviceText.SignalWeak($"−{-signal}"),
    };

    /// <summary>Whether a logger is hardly heard.</summary>
    public static bool IsSignalWeak(short? signal) => signal < WeakBelow;

    /// <summary>What it says of its battery.</summary>
    public static string Battery(bool? isLow) => isLow switch { null => ShownReading.None, true => DeviceText.BatteryLow, false => DeviceText.BatteryOk };

    private static ShownValue Value(LoggerOverview logger, SeriesOverview series, string label, DateTimeOffset? newest, Units units)
    {
        if (series.Latest is not { } latest)
        {
            return new ShownValue(label, ShownReading.None, "", logger.IsClockAhead ? DeviceText.TimeAhead : DeviceText.NoValue);
        }

        if (series.LastValue is { } value)
        {
            return new ShownValue(
                label,
                ShownReading.Value(series.Type, value.Measurement, units),
                ShownReading.Unit(series.Type, value.Measurement, units),
                ShownReading.Remark(latest))
            {
                LeftBehindUtc = value.MeasuredAtUtc,
            };
        }

        return new ShownValue(
            label,
            ShownReading.Value(series.Type, latest.Measurement, units),
            ShownReading.Unit(series.Type, latest.Measurement, units),
            ShownReading.Remark(latest))
        {
            LeftBehindUtc = IsLeftBehind(latest.MeasuredAtUtc, logger.Freshness, newest) ? latest.MeasuredAtUtc : null,
        };
    }

    /// <summary>Whether a channel no longer comes although others do: what "late" is for the logger, it is for the channel.</summary>
    private static bool IsLeftBehind(DateTimeOffset measuredAt, LoggerFreshness freshness, DateTimeOffset? newest) =>
        freshness is { DueUtc: { } due, LateUtc: { } late } && newest - measuredAt > 3 * (late - due);

    private static string? Word(LoggerState state) => state switch
    {
        { Lasting: LoggerCondition.Held } => "held",
        { Lasting: LoggerCondition.Refused } => "refused",
        { Lasting: LoggerCondition.Retired } => "retired",
        { Lasting: LoggerCondition.Unsynchronised } => "unsynchronised",
        { Lasting: null or LoggerCondition.Unknown, IsSensorError: true } => "error",
        { Lasting: LoggerCondition.Unknown } => "unknown",
        { IsClockAhead: true } => "ahead",
        _ => null,
    };
}
