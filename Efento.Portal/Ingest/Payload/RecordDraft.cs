using System.Buffers.Text;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>One record while it is read. Fields may come in any order; the last one of repeated fields counts.</summary>
internal struct RecordDraft
{
    private long? _measuredAtMs;
    private long _nextMeasurementAtMs;
    private int _intervalSeconds;
    private short? _signal;
    private bool? _batteryLow;

    /// <summary>The serial; null if there is no usable one.</summary>
    public string? Serial { get; private set; }

    /// <summary>The handle; null if there is no integer.</summary>
    public long? Handle { get; private set; }

    /// <summary>Sets a field.</summary>
    public void Set(KnownField field, JsonScalar value)
    {
        switch (field)
        {
            case KnownField.Serial:
                Serial = SerialReader.Read(value);
                break;
            case KnownField.ResponseHandle:
                Handle = ReadHandle(value);
                break;
            case KnownField.Battery:
                _batteryLow = value.Kind is JsonTokenType.String ? ValueWords.BatteryLow(value.Text) : null;
                break;
            case KnownField.Signal:
                _signal = (short?)NumberReader.ReadWhole(value, short.MinValue, short.MaxValue);
                break;
            case KnownField.MeasuredAt:
                _measuredAtMs = TimestampReader.TryRead(value, out var measured) ? measured : null;
                break;
            case KnownField.MeasurementInterval:
                _intervalSeconds = (int?)NumberReader.ReadWhole(value, 0, int.MaxValue) ?? 0;
                break;
            case KnownField.NextMeasurementAt:
                _nextMeasurementAtMs = TimestampReader.TryRead(value, out var next) ? next : 0;
                break;
        }
    }

    /// <summary>Returns the finished record, or why it is not usable.</summary>
    public readonly RejectReason? TryFinish(Part part, Part itsParams, out ParsedRecord record)
    {
        record = default;
        if (Serial is null)
        {
            return RejectReason.NoSerial;
        }

        if (_measuredAtMs is not { } measuredAtMs)
        {
            return RejectReason.NoTime;
        }

        record = new ParsedRecord
        {
            Serial = Serial,
            MeasuredAtMs = measuredAtMs,
            NextMeasurementAtMs = _nextMeasurementAtMs,
            IntervalSeconds = _intervalSeconds,
            Signal = _signal,
            BatteryLow = _batteryLow,
            FirstParam = itsParams.Offset,
            ParamCount = itsParams.Length,
            Offset = part.Offset,
            Length = part.Length,
        };
        return null;
    }

    // Integers only: "2" and 2.0 could not be echoed exactly as they were.
    private static long? ReadHandle(JsonScalar value) =>
        value.Kind is JsonTokenType.Number && Utf8Parser.TryParse(value.Text, out long handle, out var used) && used == value.Text.Length
            ? handle
            : null;
}
