using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>How much of a message a reject takes away: always the smallest part that is bad.</summary>
public enum RejectScope : byte
{
    /// <summary>The whole body could not be read.</summary>
    Body,

    /// <summary>One record: no usable serial or time; or all that follows the last whole record of a body that breaks off.</summary>
    Record,

    /// <summary>One channel of a record.</summary>
    Param,
}

/// <summary>Why a part was set aside; the page and the ledger show it in words.</summary>
public enum RejectReason : byte
{
    /// <summary>The body is empty.</summary>
    EmptyBody,

    /// <summary>The body is not JSON, or breaks off.</summary>
    NotJson,

    /// <summary>The body is JSON but neither an object with "measurements" nor an array.</summary>
    NotMeasurements,

    /// <summary>The compressed body could not be inflated, or its encoding is not known.</summary>
    NotInflatable,

    /// <summary>A record that is no JSON object.</summary>
    NotARecord,

    /// <summary>No serial, or none of 1 to 64 printable characters.</summary>
    NoSerial,

    /// <summary>No measured_at that can be understood.</summary>
    NoTime,

    /// <summary>Measured too far ahead of the server.</summary>
    TimeAhead,

    /// <summary>Measured before the earliest accepted time.</summary>
    TimeTooOld,

    /// <summary>"params" is not an array of objects.</summary>
    NotAParam,

    /// <summary>A channel that is missing or outside 1 to 255.</summary>
    BadChannel,

    /// <summary>A type name that is missing, longer than 64 characters or not printable.</summary>
    BadType,

    /// <summary>A value that is neither a finite number nor a known word.</summary>
    BadValue,

    /// <summary>The logger has its 32 series already.</summary>
    TooManySeries,

    /// <summary>The token has brought its 1,000 new loggers of the day already.</summary>
    TooManyNewLoggers,

    /// <summary>The message could not be stored although the store works; it harmed nobody else.</summary>
    NotStorable,

    /// <summary>The body holds more records and channels (2,000,000) than any gateway could have stored.</summary>
    TooManyParts,

    /// <summary>A heartbeat of a gateway never heard of, whose token has brought its 100 new gateways of the day already.</summary>
    TooManyNewGateways,
}

/// <summary>A part of a body that is set aside.</summary>
/// <param name="Scope">How much it takes away.</param>
/// <param name="Reason">Why.</param>
/// <param name="Offset">Where the part begins in the body, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
public readonly record struct Reject(RejectScope Scope, RejectReason Reason, int Offset, int Length);

/// <summary>One logger's measurement at one time.</summary>
public struct ParsedRecord
{
    /// <summary>The logger's serial number: 12 upper-case hex digits, or what the logger says it is (1–64 printable characters).</summary>
    public required string Serial { get; init; }

    /// <summary>When it was measured, in Unix ms (UTC).</summary>
    public required long MeasuredAtMs { get; init; }

    /// <summary>When the next measurement is due, in Unix ms; 0 if not said.</summary>
    public long NextMeasurementAtMs { get; init; }

    /// <summary>The measurement interval in seconds; 0 if not said or not usable.</summary>
    public int IntervalSeconds { get; init; }

    /// <summary>Signal strength as sent (dBm, negative; sibling devices send 0–63); null if not said.</summary>
    public short? Signal { get; init; }

    /// <summary>True for "low", false for "ok", null if not said or an unknown word.</summary>
    public bool? BatteryLow { get; init; }

    /// <summary>The index of this record's first param in <see cref="ParsedMessage.Params"/>.</summary>
    public int FirstParam { get; init; }

    /// <summary>How many params follow.</summary>
    public int ParamCount { get; init; }

    /// <summary>Where the record begins in the body, in bytes.</summary>
    public int Offset { get; init; }

    /// <summary>How long the record is, in bytes.</summary>
    public int Length { get; init; }
}

/// <summary>One channel of a record.</summary>
public struct ParsedParam
{
    /// <summary>The channel, 1–255.</summary>
    public required byte Channel { get; init; }

    /// <summary>The measurement type.</summary>
    public required MeasurementType Type { get; init; }

    /// <summary>The number, a word's 0 or 1, or null where none was delivered. Always finite.</summary>
    public double? Value { get; init; }

    /// <summary>The logger's word.</summary>
    public ReadingStatus Status { get; init; }

    /// <summary>What the reader noticed: out of range, error code.</summary>
    public ReadingFlags Flags { get; init; }

    /// <summary>Where the param begins in the body, in bytes.</summary>
    public int Offset { get; init; }

    /// <summary>How long the param is, in bytes.</summary>
    public int Length { get; init; }
}

/// <summary>An integer handle of the message and whose it is; a rejected record's handle is answered too.</summary>
/// <param name="Value">The handle as sent.</param>
/// <param name="Serial">The logger, if the record had a usable serial.</param>
public readonly record struct ResponseHandle(long Value, string? Serial);

/// <summary>
/// What a measurements body says: records with their params, the handles to answer, and what had to be set aside.
/// The set of fields seen is its <see cref="Shape"/>.
/// </summary>
public sealed class ParsedMessage
{
    /// <summary>The usable records in the order of the body.</summary>
    public required IReadOnlyList<ParsedRecord> Records { get; init; }

    /// <summary>The params of all records, one record's after another's.</summary>
    public required IReadOnlyList<ParsedParam> Params { get; init; }

    /// <summary>Every integer handle, in the order of the body, repeats included.</summary>
    public required IReadOnlyList<ResponseHandle> Handles { get; init; }

    /// <summary>What was set aside.</summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    /// <summary>The fingerprint of the set of field paths and JSON kinds in the body; equal for bodies of the same shape.</summary>
    public required ShapeFingerprint Shape { get; init; }

    /// <summary>The same message, its parts pointing at where <paramref name="original"/> says they came from.</summary>
    internal ParsedMessage Moved(Func<int, int> original)
    {
        return new()
        {
            Records = [.. Records.Select(r => r with { Offset = original(r.Offset), Length = LengthOf(r.Offset, r.Length) })],
            Params = [.. Params.Select(p => p with { Offset = original(p.Offset), Length = LengthOf(p.Offset, p.Length) })],
            Handles = Handles,
            Rejects = [.. Rejects.Select(r => r with { Offset = original(r.Offset), Length = LengthOf(r.Offset, r.Length) })],
            Shape = Shape,
        };

        int LengthOf(int offset, int length) => original(offset + length) - original(offset);
    }

    /// <summary>A body of which nothing can be used.</summary>
    public static ParsedMessage Unreadable(RejectReason reason, int length, ShapeFingerprint shape = default) => new()
    {
        Records = [],
        Params = [],
        Handles = [],
        Rejects = [new(RejectScope.Body, reason, 0, length)],
        Shape = shape,
    };
}

/// <summary>The set of field paths and JSON kinds in a body, as a fingerprint.</summary>
/// <param name="KnownFields">One bit for each known field and JSON kind seen.</param>
/// <param name="UnknownFields">An order-free hash of the unknown ones; 0 if none.</param>
public readonly record struct ShapeFingerprint(UInt128 KnownFields, ulong UnknownFields);
