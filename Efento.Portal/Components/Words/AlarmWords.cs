using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>Texts about alarms.</summary>
internal static class AlarmWords
{
    /// <summary>The word for a level.</summary>
    public static string Level(AlarmLevel level) => level is AlarmLevel.Critical ? AlarmText.Critical : AlarmText.Warning;

    /// <summary>The icon of a level, as tiles have it (wwwroot-assets/src/icons.ts): an octagon or a diamond.</summary>
    public static string Icon(AlarmLevel level) => LineIcon(
        level is AlarmLevel.Critical
            ? "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.5V13M12 16v.2"
            : "M12 2.5l9.5 9.5l-9.5 9.5L2.5 12zM12 7.5V13M12 16v.2");

    /// <summary>The name of a level in style sheets.</summary>
    public static string Class(AlarmLevel level) => level is AlarmLevel.Critical ? "critical" : "warning";

    /// <summary>What a kind of rule is about.</summary>
    public static string Kind(RuleKind kind) => kind switch
    {
        RuleKind.Limits => AlarmText.KindLimits,
        RuleKind.Rate => AlarmText.KindRate,
        RuleKind.State => AlarmText.KindState,
        RuleKind.Silence => AlarmText.KindSilence,
        RuleKind.SensorError => AlarmText.KindSensorError,
        RuleKind.Battery => AlarmText.KindBattery,
        RuleKind.Signal => AlarmText.KindSignal,
        RuleKind.Gateway => AlarmText.KindGateway,
        RuleKind.Portal => AlarmText.KindPortal,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What is watched at a gateway or the portal (<see cref="RuleSubjects"/>).</summary>
    public static string Watched(string subject) => subject switch
    {
        RuleSubjects.Offline => AlarmText.GatewayOffline,
        RuleSubjects.OnBattery => AlarmText.OnBattery,
        RuleSubjects.LowBattery => AlarmText.Battery,
        RuleSubjects.Restarted => AlarmText.Restarted,
        RuleSubjects.WrongToken => AlarmText.WrongToken,
        RuleSubjects.Disk => AlarmText.DiskFull,
        RuleSubjects.Quarantine => AlarmText.Quarantine,
        RuleSubjects.Clock => AlarmText.Clock,
        RuleSubjects.Channel => AlarmText.ChannelFails,
        RuleSubjects.Backup => AlarmText.Backup,
        _ => subject,
    };

    /// <summary>The word for a state.</summary>
    public static string State(AlarmState state) => state switch
    {
        AlarmState.Active => AlarmText.StateActive,
        AlarmState.Ended => AlarmText.StateEnded,
        _ => AlarmText.StateWithdrawn,
    };

    /// <summary>How an alarm ended.</summary>
    public static string End(AlarmEnd end) => end switch
    {
        AlarmEnd.Inside => AlarmText.EndInside,
        AlarmEnd.Unjudged => AlarmText.EndUnjudged,
        _ => AlarmText.EndClosed,
    };

    /// <summary>The name of what it is about: the measuring point, the gateway or the portal.</summary>
    public static string Subject(AlarmLine line) => line.Alarm switch
    {
        { PointId: not null } => line.Point?.Name ?? line.Serial ?? AlarmText.PointUnknown,
        { GatewayId: not null } => line.Gateway ?? AlarmText.GatewayUnknown,
        _ => AlarmText.Portal,
    };

    /// <summary>What was measured, with the channel if the logger has two of the same.</summary>
    public static string Measured(AlarmLine line) => line.Type is not { } type ? ""
        : line.IsOneOfSeveral ? AlarmText.Channel(MeasurementWords.Label(type), line.Alarm.Channel)
        : MeasurementWords.Label(type);

    /// <summary>What is wrong and how far, such as "Temperature above 8 °C: 11.2 °C".</summary>
    public static string What(AlarmLine line, Units units) => line.Alarm switch
    {
        { Kind: RuleKind.Limits, Peak: { } peak, Limit: { } limit } when peak < limit =>
            AlarmText.Below(Measured(line), Value(line, limit, units), Value(line, peak, units)),
        { Kind: RuleKind.Limits, Peak: { } peak, Limit: { } limit } =>
            AlarmText.Above(Measured(line), Value(line, limit, units), Value(line, peak, units)),
        { Kind: RuleKind.Limits } => AlarmText.OutsideLimits(Measured(line)),
        { Kind: RuleKind.Rate } rate => AlarmText.Changed(
            Measured(line), Value(line, rate.Peak, units), GatewayWords.Span(WithinOf(line) / 1000), Value(line, rate.Limit, units)),
        { Kind: RuleKind.State } => AlarmText.StateLasts(Measured(line), MeasurementWords.State(line.Type!, IsOn(line))),
        { Kind: RuleKind.SensorError } => AlarmText.SensorError(Measured(line)),
        { Kind: RuleKind.Silence } => AlarmText.Silent,
        { Kind: RuleKind.Battery } => AlarmText.Battery,
        { Kind: RuleKind.Signal, Peak: { } peak, Limit: { } limit } =>
            AlarmText.Signal(Value(line, limit, units), Value(line, peak, units)),
        { Kind: RuleKind.Signal } => AlarmText.SignalWeak,
        var other => OfDevices(other),
    };

    /// <summary>A limit, peak or change in the user's unit; a dash if there is none.</summary>
    public static string Value(AlarmLine line, double? figure, Units units) => line switch
    {
        _ when figure is null => ShownReading.None,
        { Alarm.Kind: RuleKind.Rate, Type: { } type } => new Figures(type.Unit, IsDifference: true, units).InWords(figure.Value),
        { Type: { } type } => $"{ShownReading.Value(type, figure, units)}\u00a0{MeasurementWords.Unit(type, units)}".TrimEnd(),
        { Alarm.Kind: RuleKind.Signal } => Figures.Plain(figure.Value, Figures.Decibels),
        _ => Figures.Plain(figure.Value, Figures.Percent),
    };

    /// <summary>Whether an alarm is quiet now.</summary>
    public static bool IsSnoozed(Alarm alarm, DateTimeOffset nowUtc) => alarm.IsActive && alarm.SnoozedUntilUtc > nowUtc;

    /// <summary>How long until the first of these alarms calls again; null if none is quiet.</summary>
    public static TimeSpan? SnoozeLeft(IEnumerable<AlarmLine> lines, DateTimeOffset nowUtc) =>
        lines.Where(l => IsSnoozed(l.Alarm, nowUtc)).Min(l => l.Alarm.SnoozedUntilUtc) - nowUtc;

    /// <summary>Why something was not done about an alarm; null if it was.</summary>
    public static string? Fault(AlarmOutcome outcome) => outcome.Fault switch
    {
        null => null,
        AlarmFault.Unknown => AlarmText.NoSuchAlarm,
        AlarmFault.TextMissing => AlarmText.TextMissing,
        AlarmFault.TooLong => AlarmText.TextTooLong(AlarmEvent.MostLetters),
        AlarmFault.AlreadyAcknowledged => AlarmText.AlreadyAcknowledged(outcome.By),
        AlarmFault.ChangedMeanwhile => AlarmText.ChangedMeanwhile,
        AlarmFault.NobodyThere => AlarmText.NobodyThere,
        AlarmFault.Over => AlarmText.AlreadyOver,
        AlarmFault.SnoozeTooLong => AlarmText.SnoozeTooLong(AlarmActions.LongestSnooze.TotalHours),
        AlarmFault.SnoozedTooOften => AlarmText.SnoozedTooOften(AlarmActions.MostSnoozes),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    private static string OfDevices(Alarm alarm) => alarm.Type switch
    {
        RuleSubjects.LowBattery => AlarmText.LowBattery(Share(alarm.Limit), Share(alarm.Peak)),
        RuleSubjects.Disk => AlarmText.Disk(Share(alarm.Limit), Share(alarm.Peak)),
        RuleSubjects.Channel when alarm.DeliveryChannel is { } channel => AlarmText.ChannelNamedFails(channel),
        var watched => Watched(watched),
    };

    private static long WithinOf(AlarmLine line) => LevelOf(line)?.WithinMs ?? 0;

    private static bool IsOn(AlarmLine line) => (LevelOf(line)?.Is ?? 1) == 1;

    private static LevelConditions? LevelOf(AlarmLine line) =>
        (line.Alarm.Level is AlarmLevel.Critical ? line.Rule.Conditions.Critical : line.Rule.Conditions.Warning)
            ?? line.Rule.Conditions.Levels.FirstOrDefault();

    private static string LineIcon(string path) =>
        $"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" />";

    private static string Share(double? figure) => figure is { } known ? Figures.Plain(known, Figures.Percent) : ShownReading.None;
}
