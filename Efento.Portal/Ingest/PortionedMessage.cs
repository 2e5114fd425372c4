using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>A part of a large message that is stored in a transaction of its own.</summary>
/// <param name="Parsed">Its records and rejects; the params are those of the whole message.</param>
/// <param name="Extent">Where it lies in the body.</param>
/// <param name="Bytes">Its part of the body's size: those of all portions are the whole.</param>
/// <param name="IsLast">Whether nothing comes after it.</param>
internal sealed record MessagePortion(ParsedMessage Parsed, Extent Extent, int Bytes, bool IsLast);

/// <summary>
/// A message too large for a single transaction, and how far it has come. Between its portions others are stored; it is answered after the last.
/// </summary>
internal sealed class PortionedMessage(PendingMessage message)
{
    /// <summary>Records, params and rejects stored at a time: some 100 ms.</summary>
    public const int MostParts = 2_000;

    /// <summary>A message with more of them is stored in portions.</summary>
    public const int MostAtOnce = 2 * MostParts;

    private readonly ParsedMessage _parsed = message.Measurements!;
    private MessagePortion? _current;
    private int _record, _param, _reject, _toldBytes;

    /// <summary>The whole of it.</summary>
    public PendingMessage Message => message;

    /// <summary>The id of the first portion; null before that is stored.</summary>
    public long? FirstId { get; private set; }

    /// <summary>The gateway that the portions stored so far belong to.</summary>
    public int? GatewayId { get; set; }

    /// <summary>Serials of which nothing was stored, by policy.</summary>
    public HashSet<string> Ignored { get; } = [];

    /// <summary>The portion that is to be stored next, the same until <see cref="Advance"/>.</summary>
    public MessagePortion Current => _current ??= Take();

    private bool IsAtEnd => _record == _parsed.Records.Count && _reject == _parsed.Rejects.Count;

    /// <summary>Whether a message is stored in portions.</summary>
    public static bool IsNeededFor(PendingMessage message) =>
        message.Measurements is { } parsed && parsed.Records.Count + parsed.Params.Count + parsed.Rejects.Count > MostAtOnce;

    /// <summary>The current portion is committed.</summary>
    public void Advance(long id)
    {
        FirstId ??= id;
        _current = null;
    }

    private MessagePortion Take()
    {
        List<ParsedRecord> records = [];
        List<Reject> rejects = [];
        var (from, to, room) = (int.MaxValue, 0, MostParts);
        while (room > 0 && !IsAtEnd)
        {
            if (_record == _parsed.Records.Count || IsRejectBefore(_parsed.Records[_record].Offset))
            {
                Take(_parsed.Rejects[_reject++]);
                continue;
            }

            var record = TakeRecord();
            records.Add(record);
            Cover(record.Offset, record.Length);
            room -= record.ParamCount + 1;

            // A bad param is set aside with its record, so that it must come with it.
            while (IsRejectBefore(record.Offset + record.Length))
            {
                Take(_parsed.Rejects[_reject++]);
            }
        }

        var bytes = (IsAtEnd ? message.Body.Length : to) - _toldBytes;
        _toldBytes += bytes;
        var parsed = new ParsedMessage { Records = records, Params = _parsed.Params, Handles = [], Rejects = rejects, Shape = _parsed.Shape };
        return new(parsed, new(RejectScope.Record, from, to - from), bytes, IsAtEnd);

        void Take(Reject reject)
        {
            rejects.Add(reject);
            Cover(reject.Offset, reject.Length);
            room--;
        }

        void Cover(int offset, int length) => (from, to) = (Math.Min(from, offset), Math.Max(to, offset + length));
    }

    private bool IsRejectBefore(int offset) => _reject < _parsed.Rejects.Count && _parsed.Rejects[_reject].Offset < offset;

    /// <summary>The next record; of one with very many params a part of them.</summary>
    private ParsedRecord TakeRecord()
    {
        var whole = _parsed.Records[_record];
        var count = Math.Min(whole.ParamCount - _param, MostParts);
        var record = whole with { FirstParam = whole.FirstParam + _param, ParamCount = count };
        _param += count;
        if (_param == whole.ParamCount)
        {
            (_record, _param) = (_record + 1, 0);
        }

        return record;
    }
}
