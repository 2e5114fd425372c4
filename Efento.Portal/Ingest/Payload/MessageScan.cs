using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// Reads a measurements body in one pass. If a key occurs again, what the first occurrence added is removed, and so are the params of a bad
/// record. Throws <see cref="JsonException"/> where the body is no longer JSON.
/// </summary>
internal ref struct MessageScan
{
    /// <summary>The maximum depth of nesting, which also limits the recursion. No message of a gateway is deeper.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// The maximum number of records, params and rejects together. It is twice what fits into 64 MiB in the vendor's format. Without a
    /// limit, a malicious body of that size could make them occupy gigabytes.
    /// </summary>
    public const int MaxParts = 2_000_000;

    // Estimates for a usual body, with two params of some 50 bytes in a record of some 250. If they are wrong, the lists grow.
    private const int BytesPerRecord = 200;
    private const int BytesPerParam = 100;
    private const int MaxFirstCapacity = 4_096;

    private readonly ReadOnlySpan<byte> _text;
    private readonly int _origin;
    private readonly Span<byte> _scratch;
    private readonly List<ParsedRecord> _records;
    private readonly List<ParsedParam> _params;
    private readonly List<ResponseHandle> _handles;
    private readonly UnknownTypes _unknownTypes = new();
    private Utf8JsonReader _json;
    private ShapeBuilder _shape;
    private List<Reject>? _rejects;
    private Finished _finished;
    private int _parts;

    /// <param name="json">The body without its byte order mark.</param>
    /// <param name="origin">The offset of <paramref name="json"/> in the body, in bytes.</param>
    /// <param name="scratch">A buffer of <see cref="JsonScalar.ScratchBytes"/>.</param>
    public MessageScan(ReadOnlySpan<byte> json, int origin, Span<byte> scratch)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        _text = json;
        _origin = origin;
        _scratch = scratch;
        _records = new(Math.Min((json.Length / BytesPerRecord) + 1, MaxFirstCapacity));
        _params = new(Math.Min((json.Length / BytesPerParam) + 1, MaxFirstCapacity * 2));
        _handles = new(_records.Capacity);
    }

    /// <summary>The shape so far.</summary>
    public readonly ShapeFingerprint Shape => _shape.Fingerprint;

    /// <summary>The message so far.</summary>
    public readonly ParsedMessage Message => new()
    {
        Records = _records,
        Params = _params,
        Handles = _handles,
        Rejects = _rejects ?? (IReadOnlyList<Reject>)[],
        Shape = Shape,
    };

    /// <summary>Reads the whole body. Returns why all of it is set aside; null if it is not.</summary>
    public RejectReason? Read()
    {
        _json.Read();
        _shape.Add(KnownField.Root, _json.TokenType);
        var found = _json.TokenType switch
        {
            JsonTokenType.StartArray => ReadRecords(),
            JsonTokenType.StartObject => ReadRoot(),
            _ => false,
        };

        // Throws if anything but white space follows the end.
        _json.Read();
        return !found ? RejectReason.NotMeasurements : _parts > MaxParts ? RejectReason.TooManyParts : null;
    }

    /// <summary>
    /// Call this when the text is no longer JSON. Keeps the complete records before that point and rejects the rest as one part; false if
    /// there are no complete records.
    /// </summary>
    public bool TryKeepWholeRecords()
    {
        if (_records.Count == 0 || _parts > MaxParts)
        {
            return false;
        }

        TakeBack(_finished.Params, _finished.Rejects);
        CollectionsMarshal.SetCount(_handles, _finished.Handles);
        var rest = _text[_finished.End..];
        var start = rest.IndexOfAnyExcept(BetweenRecords);
        if (start >= 0)
        {
            AddReject(RejectScope.Record, RejectReason.NotJson, new(_origin + _finished.End + start, rest.Length - start));
        }

        return true;
    }

    private bool ReadRoot()
    {
        var found = false;
        while (NextKey(out var key))
        {
            if (FieldNames.OfBody(key) is KnownField.Unknown)
            {
                ReadUnknownField(KnownField.Root, key);
                continue;
            }

            _json.Read();
            _shape.Add(KnownField.Measurements, _json.TokenType);
            TakeBackAll();
            found = _json.TokenType is JsonTokenType.StartArray && ReadRecords();
            if (!found)
            {
                ReadInside(FieldPath.Of(KnownField.Measurements));
            }
        }

        return found;
    }

    private bool ReadRecords()
    {
        while (NextPart())
        {
            ReadRecord();
            _finished = new((int)_json.BytesConsumed, _params.Count, _rejects?.Count ?? 0, _handles.Count);
        }

        return true;
    }

    private void ReadRecord()
    {
        var start = _json.TokenStartIndex;
        _shape.Add(KnownField.Record, _json.TokenType);
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            ReadInside(FieldPath.Of(KnownField.Record));
            AddReject(RejectScope.Record, RejectReason.NotARecord, PartFrom(start));
            return;
        }

        var (firstParam, firstReject) = (_params.Count, _rejects?.Count ?? 0);
        var draft = new RecordDraft();
        while (NextKey(out var key))
        {
            var field = FieldNames.OfRecord(key);
            if (field is KnownField.Unknown)
            {
                ReadUnknownField(KnownField.Record, key);
                continue;
            }

            _json.Read();
            _shape.Add(field, _json.TokenType);
            if (field is KnownField.Params)
            {
                TakeBack(firstParam, firstReject);
                ReadParams();
                continue;
            }

            draft.Set(field, JsonScalar.Of(in _json, _scratch));
            ReadInside(FieldPath.Of(field));
        }

        Finish(draft, PartFrom(start), firstParam, firstReject);
    }

    private void Finish(RecordDraft draft, Part part, int firstParam, int firstReject)
    {
        if (draft.Handle is { } handle)
        {
            _handles.Add(new(handle, draft.Serial));
        }

        if (draft.TryFinish(part, new(firstParam, _params.Count - firstParam), out var record) is { } reason)
        {
            TakeBack(firstParam, firstReject);
            AddReject(RejectScope.Record, reason, part);
            return;
        }

        _records.Add(record);
    }

    private void ReadParams()
    {
        if (_json.TokenType is JsonTokenType.StartArray)
        {
            while (NextPart())
            {
                ReadParam();
            }
        }
        else if (_json.TokenType is not JsonTokenType.Null)
        {
            ReadNoParam(KnownField.Params);
        }
    }

    private void ReadParam()
    {
        _shape.Add(KnownField.Param, _json.TokenType);
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            ReadNoParam(KnownField.Param);
            return;
        }

        var start = _json.TokenStartIndex;
        var draft = new ParamDraft(_unknownTypes);
        while (NextKey(out var key))
        {
            var field = FieldNames.OfParam(key);
            if (field is KnownField.Unknown)
            {
                ReadUnknownField(KnownField.Param, key);
                continue;
            }

            _json.Read();
            _shape.Add(field, _json.TokenType);
            draft.Set(field, JsonScalar.Of(in _json, _scratch));
            ReadInside(FieldPath.Of(field));
        }

        var part = PartFrom(start);
        if (draft.TryFinish(part, out var param) is { } reason)
        {
            AddReject(RejectScope.Param, reason, part);
            return;
        }

        _params.Add(param);
    }

    private void ReadNoParam(KnownField field)
    {
        var start = _json.TokenStartIndex;
        ReadInside(FieldPath.Of(field));
        AddReject(RejectScope.Param, RejectReason.NotAParam, PartFrom(start));
    }

    private void ReadUnknownField(KnownField parent, ReadOnlySpan<byte> key)
    {
        var path = FieldPath.Of(parent).Child(key);
        _json.Read();
        ReadUnknown(path);
    }

    private void ReadUnknown(FieldPath path)
    {
        _shape.AddUnknown(path, _json.TokenType);
        ReadInside(path);
    }

    /// <summary>Reads an unknown object or array; does nothing for other values.</summary>
    private void ReadInside(FieldPath path)
    {
        if (_json.TokenType is JsonTokenType.StartObject)
        {
            while (NextKey(out var key))
            {
                var child = path.Child(key);
                _json.Read();
                ReadUnknown(child);
            }
        }
        else if (_json.TokenType is JsonTokenType.StartArray)
        {
            while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
            {
                ReadUnknown(path.Element);
            }
        }
    }

    /// <summary>Moves to the next record or param; false at the end of the array. If there are too many, the rest is skipped.</summary>
    private bool NextPart()
    {
        while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            if (++_parts <= MaxParts)
            {
                return true;
            }

            _json.Skip();
        }

        return false;
    }

    /// <summary>Moves to the next key; false at the end of the object. The key is valid until the next value is read.</summary>
    private bool NextKey(out ReadOnlySpan<byte> key)
    {
        _json.Read();
        if (_json.TokenType is not JsonTokenType.PropertyName)
        {
            key = default;
            return false;
        }

        key = _json.ValueSpan;
        if (_json.ValueIsEscaped && JsonScalar.Of(in _json, _scratch) is { Kind: JsonTokenType.String } unescaped)
        {
            key = unescaped.Text;
        }

        return true;
    }

    /// <summary>Bytes that may stand between records and after the last one without any meaning.</summary>
    private static readonly SearchValues<byte> BetweenRecords = SearchValues.Create(" \t\r\n\0,]}"u8);

    private readonly Part PartFrom(long start) => new(_origin + (int)start, (int)(_json.BytesConsumed - start));

    private void AddReject(RejectScope scope, RejectReason reason, Part part) =>
        (_rejects ??= []).Add(new(scope, reason, part.Offset, part.Length));

    private void TakeBackAll()
    {
        _records.Clear();
        _handles.Clear();
        TakeBack(0, 0);
        _finished = default;
    }

    private readonly void TakeBack(int firstParam, int firstReject)
    {
        if (_params.Count > firstParam)
        {
            CollectionsMarshal.SetCount(_params, firstParam);
        }

        if (_rejects?.Count > firstReject)
        {
            CollectionsMarshal.SetCount(_rejects, firstReject);
        }
    }

    /// <summary>The position of the last complete record.</summary>
    private readonly record struct Finished(int End, int Params, int Rejects, int Handles);
}
