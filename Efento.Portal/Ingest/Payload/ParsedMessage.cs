using System.Runtime.CompilerServices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>The part of a message that is rejected: always the smallest part that is bad.</summary>
public enum RejectScope : byte
{
    /// <summary>The whole body could not be read.</summary>
    Body,

    /// <summary>
    /// One record without a usable serial or time, or everything after the last complete record of a body that is cut off.
    /// </summary>
    Record,

    /// <summary>One channel of a record.</summary>
    Param,
}

/// <summary>Why a part was set aside. Pages and the ledger show it in words.</summary>
public enum RejectReason : byte
{
    /// <summary>The body is empty.</summary>
    EmptyBody,

    /// <summary>The body is not JSON, or is cut off.</summary>
    NotJson,

    /// <summary>The body is JSON but neither an object with "measurements" nor an array.</summary>
    NotMeasurements,

    /// <summary>The compressed body could not be decompressed, or its encoding is unknown.</summary>
    NotInflatable,

    /// <summary>A record is not a JSON object.</summary>
    NotARecord,

    /// <summary>There is no serial, or it does not have 1 to 64 printable characters.</summary>
    NoSerial,

    /// <summary>There is no measured_at that can be understood.</summary>
    NoTime,

    /// <summary>The time of measurement is too far ahead of the server's clock.</summary>
    TimeAhead,

    /// <summary>The time of measurement is before the earliest accepted time.</summary>
    TimeTooOld,

    /// <summary>"params" is not an array of objects.</summary>
    NotAParam,

    /// <summary>The channel is missing or outside 1 to 255.</summary>
    BadChannel,

    /// <summary>The name of the type is missing, longer than 64 characters or not printable.</summary>
    BadType,

    /// <summary>The value is neither a finite number nor a known word.</summary>
    BadValue,

    /// <summary>The logger already has 32 series.</summary>
    TooManySeries,

    /// <summary>The token has already added its 1,000 new loggers of the day.</summary>
    TooManyNewLoggers,

    /// <summary>The message could not be stored although the store works. It affected no other message.</summary>
    NotStorable,

    /// <summary>The body has more records and channels (2,000,000) than any gateway could store.</summary>
    TooManyParts,

    /// <summary>A heartbeat of an unknown gateway, whose token has already added its 100 new gateways of the day.</summary>
    TooManyNewGateways,
}

/// <summary>A part of a body that is set aside.</summary>
/// <param name="Scope">The kind of part.</param>
/// <param name="Reason">Why.</param>
/// <param name="Offset">The start of the part in the body, in bytes.</param>
/// <param name="Length">The length in bytes.</param>
internal readonly record struct Reject(RejectScope Scope, RejectReason Reason, int Offset, int Length);

/// <summary>One logger's measurement at one time.</summary>
internal struct ParsedRecord
{
    /// <summary>The logger's serial number: 12 upper-case hex digits, or any other 1 to 64 printable characters.</summary>
    public required string Serial { get; init; }

    /// <summary>When it was measured, in Unix ms (UTC).</summary>
    public required long MeasuredAtMs { get; init; }

    /// <summary>When the next measurement is due, Unix ms; 0 if not given.</summary>
    public long NextMeasurementAtMs { get; init; }

    /// <summary>The measuring interval in seconds; 0 if not given or not usable.</summary>
    public int IntervalSeconds { get; init; }

    /// <summary>The signal strength as sent (dBm, negative; sibling devices send 0 to 63); null if not given.</summary>
    public short? Signal { get; init; }

    /// <summary>True for "low", false for "ok", null if not given or for an unknown word.</summary>
    public bool? BatteryLow { get; init; }

    /// <summary>The index of this record's first param in <see cref="ParsedMessage.Params"/>.</summary>
    public int FirstParam { get; init; }

    /// <summary>The number of its params.</summary>
    public int ParamCount { get; init; }

    /// <summary>The start of the record in the body, in bytes.</summary>
    public int Offset { get; init; }

    /// <summary>The length of the record in bytes.</summary>
    public int Length { get; init; }
}

/// <summary>One channel of a record.</summary>
internal struct ParsedParam
{
    /// <summary>The channel, 1–255.</summary>
    public required byte Channel { get; init; }

    /// <summary>The measurement type.</summary>
    public required MeasurementType Type { get; init; }

    /// <summary>The number, the 0 or 1 of a word, or null if there is no value. Always finite.</summary>
    public double? Value { get; init; }

    /// <summary>The status that the logger sent.</summary>
    public ReadingStatus Status { get; init; }

    /// <summary>What the reader noticed: out of range, error code.</summary>
    public ReadingFlags Flags { get; init; }

    /// <summary>The start of the param in the body, in bytes.</summary>
    public int Offset { get; init; }

    /// <summary>The length of the param in bytes.</summary>
    public int Length { get; init; }
}

/// <summary>A handle in the message and its logger. The handle of a rejected record is answered as well.</summary>
/// <param name="Value">The handle as sent.</param>
/// <param name="Serial">The logger; null if the record has no usable serial.</param>
internal readonly record struct ResponseHandle(long Value, string? Serial);

/// <summary>
/// The content of a measurements body: records with their params, handles to answer, and rejects. <see cref="Shape"/> identifies the set of
/// fields.
/// </summary>
internal sealed class ParsedMessage
{
    /// <summary>The usable records in the order of the body.</summary>
    public required IReadOnlyList<ParsedRecord> Records { get; init; }

    /// <summary>The params of all records, in the order of the records.</summary>
    public required IReadOnlyList<ParsedParam> Params { get; init; }

    /// <summary>Every integer handle in the order of the body, including repeated ones.</summary>
    public required IReadOnlyList<ResponseHandle> Handles { get; init; }

    /// <summary>The parts that are set aside.</summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    /// <summary>The fingerprint of the field paths and JSON kinds in the body. It is equal for bodies of the same shape.</summary>
    public required ShapeFingerprint Shape { get; init; }

    /// <summary>Its approximate size in memory in bytes, without texts.</summary>
    public long MemoryBytes =>
        ((long)Records.Count * Unsafe.SizeOf<ParsedRecord>()) + ((long)Params.Count * Unsafe.SizeOf<ParsedParam>())
        + ((long)Handles.Count * Unsafe.SizeOf<ResponseHandle>()) + ((long)Rejects.Count * Unsafe.SizeOf<Reject>());

    /// <summary>The same message with the offsets that <paramref name="original"/> returns.</summary>
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

    /// <summary>A body that is entirely unusable.</summary>
    public static ParsedMessage Unreadable(RejectReason reason, int length, ShapeFingerprint shape = default) => new()
    {
        Records = [],
        Params = [],
        Handles = [],
        Rejects = [new(RejectScope.Body, reason, 0, length)],
        Shape = shape,
    };
}

/// <summary>The fingerprint of the field paths and JSON kinds in a body.</summary>
/// <param name="KnownFields">One bit for each known field and JSON kind.</param>
/// <param name="UnknownFields">A hash of the unknown ones that does not depend on their order; 0 if there are none.</param>
internal readonly record struct ShapeFingerprint(UInt128 KnownFields, ulong UnknownFields);
