using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>A part of a large message that is stored in its own transaction.</summary>
/// <param name="Parsed">The records and rejects of the part, with the params of the whole message.</param>
/// <param name="Extent">The position in the body.</param>
/// <param name="Bytes">The part's share of the size of the body; the shares of all portions add up to the whole.</param>
/// <param name="IsLast">Whether it is the last part.</param>
internal sealed record MessagePortion(ParsedMessage Parsed, Extent Extent, int Bytes, bool IsLast);

/// <summary>
/// A message that is too large for a single transaction, and its progress. Other messages are stored between its portions. It is answered
/// after the last portion.
/// </summary>
internal sealed class PortionedMessage(PendingMessage message)
{
    /// <summary>The number of records, params and rejects in one portion: some 100 ms of work.</summary>
    public const int MostParts = 2_000;

    /// <summary>A message with more of them is stored in portions.</summary>
    public const int MostAtOnce = 2 * MostParts;

    private readonly ParsedMessage _parsed = message.Measurements!;
    private MessagePortion? _current;
    private int _record, _param, _reject, _reportedBytes;

    /// <summary>The message.</summary>
    public PendingMessage Message => message;

    /// <summary>The id of the first portion; null until it is stored.</summary>
    public long? FirstId { get; private set; }

    /// <summary>The gateway of the portions stored so far.</summary>
    public int? GatewayId { get; set; }

    /// <summary>Serials of which the policy for unknown loggers stores nothing.</summary>
    public HashSet<string> Ignored { get; } = [];

    /// <summary>The portion that is stored next; it stays the same until <see cref="Advance"/> is called.</summary>
    public MessagePortion Current => _current ??= Take();

    private bool IsAtEnd => _record == _parsed.Records.Count && _reject == _parsed.Rejects.Count;

    /// <summary>Whether a message has to be stored in portions.</summary>
    public static bool IsNeededFor(PendingMessage message) =>
        message.Measurements is { } parsed && parsed.Records.Count + parsed.Params.Count + parsed.Rejects.Count > MostAtOnce;

    /// <summary>Call this when the current portion is committed.</summary>
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

            // A bad param is set aside together with its record, so both must be in the same portion.
            while (IsRejectBefore(record.Offset + record.Length))
            {
                Take(_parsed.Rejects[_reject++]);
            }
        }

        var bytes = (IsAtEnd ? message.Body.Length : to) - _reportedBytes;
        _reportedBytes += bytes;
        var parsed = new ParsedMessage
        {
            Records = records,
            Params = _parsed.Params,
            Handles = [],
            Rejects = rejects,
            Shape = _parsed.Shape
        };
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

    /// <summary>Takes the next record, or a part of a record with very many params.</summary>
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
