using System.Diagnostics.Metrics;
using System.Text.Json;
using Efento.Portal.Alarms;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;

namespace Efento.Portal.Telemetry;

/// <summary>Figures of loggers, alarms, database and disk, as they stand when somebody collects them. Thread-safe.</summary>
internal sealed class SiteMeter
{
    /// <summary>The tag with the condition of loggers.</summary>
    public const string StateTag = "efento.logger.state";

    /// <summary>The tag with the level of alarms.</summary>
    public const string LevelTag = "efento.alarm.level";

    /// <summary>The tag that says whether somebody has acknowledged an alarm.</summary>
    public const string AcknowledgedTag = "efento.alarm.acknowledged";

    /// <summary>The tag with the file of the database.</summary>
    public const string FileTag = "efento.database.file";

    private const string Bytes = "By";

    private readonly SiteFigures _figures;
    private readonly AlarmBoard _alarms;
    private readonly DataSizes _sizes;

    public SiteMeter(IMeterFactory meters, SiteFigures figures, AlarmBoard alarms, DataSizes sizes)
    {
        (_figures, _alarms, _sizes) = (figures, alarms, sizes);
        var meter = PortalMeter.Of(meters);
        meter.CreateObservableUpDownCounter("efento.loggers", Loggers, "{logger}", "Loggers, by condition.");
        meter.CreateObservableUpDownCounter(
            "efento.alarms.active", Alarms, "{alarm}", "Alarms that go on, by their highest level and whether somebody acknowledged them.");
        meter.CreateObservableUpDownCounter("efento.database.size", Database, Bytes, "The size of the database and of its log.");
        meter.CreateObservableUpDownCounter("efento.disk.size", () => Disk(its => its.Size), Bytes, "The size of the disk with the data.");
        meter.CreateObservableUpDownCounter("efento.disk.free", () => Disk(its => its.Free), Bytes, "What is free of it for the portal.");
    }

    /// <summary>A condition as the figures name it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    // Each condition has a figure, also if no logger is in it: a rule that compares with 0 would not see a missing one.
    private IEnumerable<Measurement<long>> Loggers()
    {
        var counted = _figures.Loggers;
        return
            from condition in Enum.GetValues<LoggerCondition>()
            select new Measurement<long>(counted.GetValueOrDefault(condition), Tag(StateTag, Word(condition)));
    }

    private IEnumerable<Measurement<long>> Alarms()
    {
        var counted = _alarms.Present
            .Where(alarm => alarm.IsActive)
            .CountBy(alarm => (alarm.Level, IsAcknowledged: !alarm.IsOpen))
            .ToDictionary();
        return
            from level in Enum.GetValues<AlarmLevel>()
            from isAcknowledged in (bool[])[false, true]
            select new Measurement<long>(
                counted.GetValueOrDefault((level, isAcknowledged)), Tag(LevelTag, Word(level)),
                Tag(AcknowledgedTag, isAcknowledged ? "true" : "false"));
    }

    private IEnumerable<Measurement<long>> Database() =>
        [new(_sizes.DatabaseBytes, Tag(FileTag, "data")), new(_sizes.LogBytes, Tag(FileTag, "log"))];

    private IEnumerable<Measurement<long>> Disk(Func<(long Size, long Free), long> figure)
    {
        try
        {
            return [new(figure(_sizes.Disk()))];
        }
        catch (IOException)
        {
            // If the disk can't be asked, there is no figure rather than a wrong one.
            return [];
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
