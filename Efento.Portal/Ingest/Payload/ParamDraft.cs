using System.Buffers.Text;
using System.Text.Json;
using Efento.Portal.History;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>One channel while it is read. Fields may come in any order; the last one of repeated fields counts.</summary>
/// <param name="unknownTypes">The unknown types of the message.</param>
internal struct ParamDraft(UnknownTypes unknownTypes)
{
    private byte _channel;
    private MeasurementType? _type;
    private double? _value;
    private ValueKind _valueKind;
    private ReadingStatus _status = ReadingStatus.Valid;

    /// <summary>Sets a field.</summary>
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
                _valueKind = ReadValue(value, out _value);
                break;
            case KnownField.Status:
                _status = ReadStatus(value);
                break;
        }
    }

    /// <summary>Returns the finished param, or why it is not usable.</summary>
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

        if (_valueKind is ValueKind.Bad || (_valueKind is ValueKind.Word && !_type.HasWords))
        {
            return RejectReason.BadValue;
        }

        param = new ParsedParam
        {
            Channel = _channel,
            Type = _type,
            Value = _value,
            Status = _valueKind is ValueKind.NonNumber && _status is ReadingStatus.Valid ? ReadingStatus.NoValue : _status,
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

    /// <summary>Reads an integer from 1 to 255; otherwise 0.</summary>
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

    private static ValueKind ReadValue(JsonScalar value, out double? number)
    {
        number = null;
        switch (value.Kind)
        {
            case JsonTokenType.Null:
                return ValueKind.None;
            case JsonTokenType.True or JsonTokenType.False:
                number = value.Kind is JsonTokenType.True ? 1 : 0;
                return ValueKind.Word;
            case JsonTokenType.Number or JsonTokenType.String when NumberReader.TryRead(value, out var parsed):
                number = parsed;
                return ValueKind.Number;
            case JsonTokenType.String when LooseToken.IsNonNumber(value.Trimmed):
                return ValueKind.NonNumber;
            case JsonTokenType.String:
                number = ValueWords.Value(value.Text);
                return number is null ? ValueKind.Bad : ValueKind.Word;
            default:
                return ValueKind.Bad;
        }
    }

    private static ReadingStatus ReadStatus(JsonScalar value) => value.Kind switch
    {
        JsonTokenType.String => ValueWords.Status(value.Text),
        JsonTokenType.Null => ReadingStatus.Valid,
        _ => ReadingStatus.Unknown,
    };

    private enum ValueKind : byte
    {
        None,
        Number,
        NonNumber,
        Word,
        Bad,
    }
}
