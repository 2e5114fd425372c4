using System.Buffers.Text;
using System.Text.Json;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>One channel while it is read: fields come in any order, and of a repeated one the last stands.</summary>
/// <param name="unknownTypes">The unknown types of the message.</param>
internal struct ParamDraft(UnknownTypes unknownTypes)
{
    private byte _channel;
    private MeasurementType? _type;
    private double? _value;
    private bool _valueIsBad;
    private ReadingStatus _status = ReadingStatus.Valid;

    /// <summary>Takes a field's value.</summary>
    public void Set(KnownField field, JsonScalar value)
    {
        switch (field)
        {
            case KnownField.Channel:
                _channel = ReadChannel(value);
                break;
            case KnownField.Type:
                _type = ReadType(value);
                break;
            case KnownField.Value:
                _valueIsBad = !TryReadValue(value, out _value);
                break;
            case KnownField.Status:
                _status = ReadStatus(value);
                break;
        }
    }

    /// <summary>The finished param, or why there is none.</summary>
    public readonly RejectReason? TryFinish(Part part, out ParsedParam param)
    {
        param = default;
        if (_channel == 0)
        {
            return RejectReason.BadChannel;
        }

        if (_type is null)
        {
            return RejectReason.BadType;
        }

        if (_valueIsBad)
        {
            return RejectReason.BadValue;
        }

        param = new ParsedParam
        {
            Channel = _channel,
            Type = _type,
            Value = _value,
            Status = _status,
            Flags = _value is { } number ? FlagsOf(_type, number) : ReadingFlags.None,
            Offset = part.Offset,
            Length = part.Length,
        };
        return null;
    }

    private static ReadingFlags FlagsOf(MeasurementType type, double value) =>
        type.IsErrorCode(value) ? ReadingFlags.ErrorCode
        : type.IsInRange(value) ? ReadingFlags.None
        : ReadingFlags.OutOfRange;

    /// <summary>A whole number from 1 to 255, else 0.</summary>
    private static byte ReadChannel(JsonScalar value)
    {
        var text = value.Kind is JsonTokenType.String ? value.Trimmed : value.Text;
        return Utf8Parser.TryParse(text, out byte channel, out var used) && used == text.Length ? channel : (byte)0;
    }

    private readonly MeasurementType? ReadType(JsonScalar value)
    {
        var name = value.Trimmed;
        if (value.Kind is not JsonTokenType.String || name.Length > MeasurementTypes.MaxNameLength * 3)
        {
            return null;
        }

        return MeasurementTypes.Find(name) ?? ReadUnknownType(name);
    }

    private readonly MeasurementType? ReadUnknownType(ReadOnlySpan<byte> name)
    {
        Span<char> characters = stackalloc char[MeasurementTypes.MaxNameLength];
        return PrintableText.TryDecode(name, characters, out var length) ? unknownTypes.Get(characters[..length]) : null;
    }

    private static bool TryReadValue(JsonScalar value, out double? number)
    {
        number = value.Kind switch
        {
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.Number or JsonTokenType.String when NumberReader.TryRead(value, out var parsed) => parsed,
            JsonTokenType.String => ValueWords.Value(value.Text),
            _ => null,
        };
        return number is not null || value.Kind is JsonTokenType.Null;
    }

    private static ReadingStatus ReadStatus(JsonScalar value) => value.Kind switch
    {
        JsonTokenType.String => ValueWords.Status(value.Text),
        JsonTokenType.Null => ReadingStatus.Valid,
        _ => ReadingStatus.Unknown,
    };
}
