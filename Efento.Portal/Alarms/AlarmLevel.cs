namespace Efento.Portal.Alarms;

/// <summary>How bad an alarm is.</summary>
public enum AlarmLevel : byte
{
    /// <summary>Somebody should look at it.</summary>
    Warning = 1,

    /// <summary>The goods or their records are at risk.</summary>
    Critical = 2,
}
