namespace Efento.Portal.Measurements;

/// <summary>The logger's status of a value, in the vendor's words (docs/gateway-api.md, "Measurements body").</summary>
public enum ReadingStatus : byte
{
    /// <summary>VALID or ok, or no status at all.</summary>
    Valid = 0,

    /// <summary>ERROR: the sensor failed.</summary>
    Error = 1,

    /// <summary>NO_VALUE: nothing was measured.</summary>
    NoValue = 2,

    /// <summary>INCOMPLETE.</summary>
    Incomplete = 3,

    /// <summary>OUT_OF_RANGE, as judged by the logger itself.</summary>
    OutOfRange = 4,

    /// <summary>NOT_CALIBRATED.</summary>
    NotCalibrated = 5,

    /// <summary>NOT_STABILIZED.</summary>
    NotStabilized = 6,

    /// <summary>A word that the portal does not know; the raw body contains it.</summary>
    Unknown = 255,
}

/// <summary>What the portal noticed about a reading when it arrived.</summary>
[Flags]
public enum ReadingFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The value lies outside the range of its type; it is stored all the same.</summary>
    OutOfRange = 1,

    /// <summary>The number is a sensor error code, not a value.</summary>
    ErrorCode = 2,

    /// <summary>Measured ahead of the server's clock; never "latest" until its time has come.</summary>
    ClockAhead = 4,

    /// <summary>Another value of the same instant came too; it is kept as a conflict.</summary>
    Contradicted = 8,
}

/// <summary>One stored value of one series.</summary>
/// <param name="MeasuredAtMs">When the logger measured, in ms of Unix time (UTC).</param>
/// <param name="Value">
/// The value in the type's unit; null if the logger delivered none. With <see cref="ReadingFlags.ErrorCode"/> it is the code.
/// </param>
/// <param name="Status">The logger's status.</param>
/// <param name="Flags">The portal's remarks.</param>
/// <param name="MessageId">The message it came with. Its time of receipt comes from <see cref="ReceiptTimes"/>.</param>
/// <param name="Signal">The logger's signal strength as sent with it (dBm, negative); null if not reported.</param>
public readonly record struct Reading(
    long MeasuredAtMs, double? Value, ReadingStatus Status, ReadingFlags Flags, long MessageId, short? Signal = null)
{
    /// <summary>
    /// The value; null for an error code, and for a number whose status says that there is no value.
    /// </summary>
    public double? Measurement =>
        (Flags & ReadingFlags.ErrorCode) != 0 || Status is ReadingStatus.Error or ReadingStatus.NoValue ? null : Value;

    /// <summary>When the logger measured.</summary>
    public DateTimeOffset MeasuredAtUtc => DateTimeOffset.FromUnixTimeMilliseconds(MeasuredAtMs);

    /// <summary>Whether it is a valid value.</summary>
    public bool IsValid => Status is ReadingStatus.Valid && Measurement is not null;

    /// <summary>Whether it needs a remark: its value is not valid, or lies outside the range of its type.</summary>
    public bool HasRemark => !IsValid || (Flags & ReadingFlags.OutOfRange) != 0;

    /// <summary>Whether the logger delivered no usable value: none, an error code, or a status that says so.</summary>
    public bool IsWithoutValue =>
        Measurement is null
            || Status is ReadingStatus.Error or ReadingStatus.NoValue or ReadingStatus.Incomplete or ReadingStatus.NotStabilized;
}
