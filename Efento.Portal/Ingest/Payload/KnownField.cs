using System.Runtime.CompilerServices;
using System.Text;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The known fields of a measurements body. At most 16, and their order must never change: each has eight bits in <see
/// cref="ShapeFingerprint.KnownFields"/>, which is stored.
/// </summary>
internal enum KnownField : byte
{
    Root,
    Measurements,
    Record,
    Serial,
    ResponseHandle,
    Battery,
    Signal,
    MeasuredAt,
    MeasurementInterval,
    NextMeasurementAt,
    Params,
    Param,
    Channel,
    Type,
    Value,
    Status,

    /// <summary>Any other field.</summary>
    Unknown,
}

/// <summary>Finds the field of a key, ignoring case. The vendor's spelling is the fast path.</summary>
internal static class FieldNames
{
    /// <summary>The field of a top-level key.</summary>
    public static KnownField OfBody(ReadOnlySpan<byte> key) => Match(key, "measurements"u8, KnownField.Measurements);

    /// <summary>The field of a key of a record.</summary>
    public static KnownField OfRecord(ReadOnlySpan<byte> key) => key.Length switch
    {
        6 => (key[2] | 0x20) switch
        {
            'r' when (key[0] | 0x20) is 's' => Match(key, "serial"u8, KnownField.Serial),
            'g' => Match(key, "signal"u8, KnownField.Signal),
            _ => Match(key, "params"u8, KnownField.Params),
        },
        7 => Match(key, "battery"u8, KnownField.Battery),
        11 => Match(key, "measured_at"u8, KnownField.MeasuredAt),
        15 => Match(key, "response_handle"u8, KnownField.ResponseHandle),
        19 => Match(key, "next_measurement_at"u8, KnownField.NextMeasurementAt),
        20 => Match(key, "measurement_interval"u8, KnownField.MeasurementInterval),
        _ => KnownField.Unknown,
    };

    /// <summary>The field of a key of a param.</summary>
    public static KnownField OfParam(ReadOnlySpan<byte> key) => key.Length switch
    {
        4 => Match(key, "type"u8, KnownField.Type),
        5 => Match(key, "value"u8, KnownField.Value),
        6 => Match(key, "status"u8, KnownField.Status),
        7 => Match(key, "channel"u8, KnownField.Channel),
        _ => KnownField.Unknown,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KnownField Match(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name, KnownField field) =>
        key.SequenceEqual(name) || Ascii.EqualsIgnoreCase(key, name) ? field : KnownField.Unknown;
}
