using Efento.Portal.Components.Controls;
using Efento.Portal.Devices;
using Efento.Portal.Maintenance;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about loggers.</summary>
internal static class LoggerWords
{
    /// <summary>With a signal below this, in dBm, records get lost.</summary>
    private const int WeakBelow = -85;

    /// <summary>
    /// The latest value of each series, followed by a remark if the logger's last records were set aside because of their time.
    /// </summary>
    public static ValueList<ShownValue> Values(LoggerOverview logger, Units units)
    {
        var labels = Labels(logger);
        var newest = NewestUtc(logger);
        var values = logger.Series.Select(
            (s, i) => Value(logger, s, labels[i], newest, units) with { ShortName = MeasurementWords.ShortLabel(s.Type) });
        return logger.SetAside == 0
            ? [.. values]
            : [.. values, new ShownValue("", ShownReading.None, "", DeviceText.ClockWrong(logger.SetAside))];
    }

    /// <summary>The names of the series.</summary>
    public static IReadOnlyList<string> Labels(LoggerOverview logger) =>
        MeasurementWords.Labels([.. logger.Series.Select(s => (s.Channel, s.Type))]);

    /// <summary>When the newest of its latest values was measured; null if there is none.</summary>
    public static DateTimeOffset? NewestUtc(LoggerOverview logger) => logger.Series.Max(s => s.Latest?.MeasuredAtUtc);

    /// <summary>When the logger becomes late, and its other states.</summary>
    public static Freshness FreshnessOf(LoggerOverview logger, MaintenanceWindow? maintenance)
    {
        var state = LoggerState.Of(logger, maintenance);
        return new Freshness(state.DueUtc, state.LateUtc, state.SilentUtc, Word(state))
        {
            IsInMaintenance = state.IsExplained,
            Alert = state.Alert,
            Verdict = state.Verdict is LoggerVerdict.None ? null : state.Verdict.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>A signal strength with its quality (Bluetooth, dBm).</summary>
    public static string Signal(short? signal) => signal switch
    {
        null => ShownReading.None,
        >= 0 => $"{signal}",
        >= -70 => DeviceText.SignalStrong($"−{-signal}"),
        >= WeakBelow => DeviceText.SignalFair($"−{-signal}"),
        _ => DeviceText.SignalWeak($"−{-signal}"),
    };

    /// <summary>Whether the signal is weak.</summary>
    public static bool IsSignalWeak(short? signal) => signal < WeakBelow;

    /// <summary>The state of the battery.</summary>
    public static string Battery(bool? isLow) =>
        isLow switch { null => ShownReading.None, true => DeviceText.BatteryLow, false => DeviceText.BatteryOk };

    private static ShownValue Value(LoggerOverview logger, SeriesOverview series, string label, DateTimeOffset? newest, Units units)
    {
        byte? channel = label == MeasurementWords.Label(series.Type) ? null : series.Channel;
        if (series.Latest is not { } latest)
        {
            return new ShownValue(label, ShownReading.None, "", logger.IsClockAhead ? DeviceText.TimeAhead : DeviceText.NoValue)
            {
                Channel = channel,
            };
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
                Channel = channel,
            };
        }

        return new ShownValue(
            label,
            ShownReading.Value(series.Type, latest.Measurement, units),
            ShownReading.Unit(series.Type, latest.Measurement, units),
            ShownReading.Remark(latest))
        {
            LeftBehindUtc = IsLeftBehind(latest.MeasuredAtUtc, logger.Freshness, newest) ? latest.MeasuredAtUtc : null,
            Channel = channel,
            IsAlarm = series.IsAlarm,
        };
    }

    /// <summary>Whether a channel no longer arrives although others do. The same times apply as for a late logger.</summary>
    private static bool IsLeftBehind(DateTimeOffset measuredAt, LoggerFreshness freshness, DateTimeOffset? newest) =>
        freshness is { DueUtc: { } due, LateUtc: { } late } && newest - measuredAt > 3 * (late - due);

    private static string? Word(LoggerState state) => state switch
    {
        { Lasting: LoggerCondition.Held } => "held",
        { Lasting: LoggerCondition.Refused } => "refused",
        { Lasting: LoggerCondition.Retired } => "retired",
        { Lasting: LoggerCondition.Unsynchronised } => "unsynchronised",
        { Alert: LoggerAlert.Critical } => "critical",
        { Alert: LoggerAlert.Warning } => "warning",
        { Alert: LoggerAlert.Alarm } => "alarm",
        { Alert: LoggerAlert.SensorError } => "error",
        { Lasting: LoggerCondition.Unknown } => "unknown",
        { IsClockAhead: true } => "ahead",
        _ => null,
    };
}
