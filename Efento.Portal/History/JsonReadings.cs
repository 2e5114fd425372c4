using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;

namespace Efento.Portal.History;

/// <summary>
/// Readings as one JSON document, byte for byte what a page of <see cref="ReadingItem"/> has, without an object for each reading.
/// </summary>
internal sealed class JsonReadings(JavaScriptEncoder encoder, ReceiptTimes receipts) : IReadingsForm
{
    private static readonly JsonEncodedText Items = JsonEncodedText.Encode("items");
    private static readonly JsonEncodedText Next = JsonEncodedText.Encode("next");
    private static readonly JsonEncodedText MeasuredAt = JsonEncodedText.Encode("measuredAt");
    private static readonly JsonEncodedText ReceivedAt = JsonEncodedText.Encode("receivedAt");
    private static readonly JsonEncodedText Channel = JsonEncodedText.Encode("channel");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Unit = JsonEncodedText.Encode("unit");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText ErrorCode = JsonEncodedText.Encode("errorCode");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Flags = JsonEncodedText.Encode("flags");
    private static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("messageId");

    private readonly TimeText _measured = new();
    private readonly TimeText _received = new();
    private readonly Dictionary<MeasurementType, (JsonEncodedText Name, JsonEncodedText Unit)> _types =
        new(ReferenceEqualityComparer.Instance);
    private Utf8JsonWriter? _json;

    /// <inheritdoc/>
    public string ContentType => "application/json; charset=utf-8";

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> target)
    {
        _json = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = encoder, SkipValidation = true });
        _json.WriteStartObject();
        _json.WriteStartArray(Items);
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> target, IReadOnlyList<SeriesReading> readings)
    {
        for (var i = 0; i < readings.Count; i++)
        {
            Write(_json!, readings[i]);
        }

        _json!.Flush();
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> target)
    {
        _json!.WriteEndArray();
        _json.WriteNull(Next);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private void Write(Utf8JsonWriter json, in SeriesReading one)
    {
        var (type, unit) = WordsOf(one.Type);
        var measurement = one.Reading.Measurement;
        json.WriteStartObject();
        json.WriteString(MeasuredAt, _measured.Of(one.Reading.MeasuredAtMs));
        json.WriteString(ReceivedAt, _received.Of(receipts.ReceivedMs(one.Reading.MessageId)));
        json.WriteNumber(Channel, one.Channel);
        json.WriteString(Type, type);
        json.WriteString(Unit, unit);
        if (measurement is { } value)
        {
            json.WriteNumber(Value, value);
        }
        else
        {
            json.WriteNull(Value);
            if (one.Reading.Value is { } code)
            {
                json.WriteNumber(ErrorCode, code);
            }
        }

        json.WriteString(Status, ReadingWords.Of(one.Reading.Status));
        json.WriteStartArray(Flags);
        if (one.Reading.Flags is not ReadingFlags.None)
        {
            foreach (var flag in ReadingWords.Of(one.Reading.Flags))
            {
                json.WriteStringValue(flag);
            }
        }

        json.WriteEndArray();
        json.WriteNumber(MessageId, one.Reading.MessageId);
        json.WriteEndObject();
    }

    private (JsonEncodedText Name, JsonEncodedText Unit) WordsOf(MeasurementType type)
    {
        if (!_types.TryGetValue(type, out var words))
        {
            _types[type] = words = (JsonEncodedText.Encode(type.Name, encoder), JsonEncodedText.Encode(type.Unit, encoder));
        }

        return words;
    }
}
