using System.Collections.Concurrent;
using System.Security.Cryptography;
using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Transactions;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>Thrown if the quarantine is full. The gateway has to send the message again later.</summary>
public sealed class QuarantineFullException() : Exception(
    "The quarantine is full. Discard what is not needed or raise Portal:Ingest:QuarantineBytes.");

/// <summary>Stores unusable parts of messages, raw and compressed. Identical parts are stored once, within the quotas.</summary>
internal sealed class QuarantineIntake(QuarantineWarnings warnings)
{
    /// <summary>If a message has more rejects than this, the whole message is set aside once instead of each part.</summary>
    public const int MostParts = 100;

    /// <summary>
    /// The last part of the space, as a fraction of it. Within it a token may use no more than it leaves free, so that a few faulty senders
    /// can't fill the quarantine for all.
    /// </summary>
    private const int Reserve = 16;

    private readonly ConcurrentDictionary<int, long> _bytesOfToken = new();
    private long _bytes;

    /// <summary>The compressed size of all items, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The compressed size of the items of each token, in bytes.</summary>
    public IReadOnlyDictionary<int, long> BytesOfToken => _bytesOfToken;

    /// <summary>Sets aside what the reader rejected.</summary>
    /// <exception cref="QuarantineFullException">The quarantine is full.</exception>
    public void SetAsideRejects(AppliedMessage applied)
    {
        foreach (var part in PartsOf(applied.Parsed, applied.Parsed.Rejects, applied.Extent))
        {
            SetAside(applied, part);
        }
    }

    /// <summary>
    /// Sets a record aside. If the message has more than a hundred rejects, the whole body is set aside once instead. For a message that is
    /// read again, the reject is only listed.
    /// </summary>
    /// <exception cref="QuarantineFullException">The quarantine is full.</exception>
    public void SetAsideRecord(AppliedMessage applied, in ParsedRecord record, RejectScope scope, RejectReason reason)
    {
        var reject = new Reject(scope, reason, record.Offset, record.Length);
        var count = applied.Tally.Quarantined++;
        if (applied.Rejects is { } rejects)
        {
            rejects.Add(reject);
            return;
        }

        var part = count < MostParts ? reject : applied.Extent.As(reason);
        if (count <= MostParts && part != applied.LastAside)
        {
            applied.LastAside = part;
            SetAside(applied, part);
        }
    }

    /// <summary>The parts to store for these rejects: each with its record, or the whole message once if there are many.</summary>
    public static IEnumerable<Reject> PartsOf(ParsedMessage parsed, IReadOnlyList<Reject> rejects, Extent extent) =>
        rejects.Count > MostParts
            ? [extent.As(rejects[0].Reason)]
            : rejects.Select(reject => WithContext(reject, parsed));

    /// <summary>Sets one part aside.</summary>
    /// <exception cref="QuarantineFullException">The quarantine is full.</exception>
    public void SetAside(AppliedMessage applied, Reject reject)
    {
        var (message, transaction) = (applied.Message, applied.Transaction);
        var raw = message.Body.Span.Slice(reject.Offset, reject.Length);
        var ready = reject.Length == message.Body.Length ? message.Whole : null;
        var hash = ready?.Hash ?? SHA256.HashData(raw);
        if (transaction.Statements.TryCountAgain(message.TokenId, hash, reject.Reason, message.ReceivedMs))
        {
            return;
        }

        var compressed = ready?.Raw ?? RawBytes.Compress(raw);
        Take(transaction, message.TokenId, compressed.Length);
        transaction.Effects.Changed(new LiveKey(LiveTopic.Quarantine));
        transaction.Statements.Insert(new QuarantineItem
        {
            TokenId = message.TokenId,
            GatewayId = applied.GatewayId,
            MessageId = applied.Id,
            Reason = reject.Reason,
            Scope = reject.Scope,
            Hash = hash,
            Raw = compressed,
            Count = 1,
            FirstMs = message.ReceivedMs,
            LastMs = message.ReceivedMs,
        });
    }

    /// <summary>Notes that the open transaction changes the size of a token's items.</summary>
    /// <exception cref="QuarantineFullException">The quarantine is full.</exception>
    public void Change(IngestTransaction transaction, int tokenId, long bytes)
    {
        if (bytes > 0)
        {
            Take(transaction, tokenId, bytes);
        }
        else
        {
            transaction.Effects.OnCommit(() => Free(tokenId, -bytes, transaction.Options));
        }
    }

    /// <summary>Releases space; called in a turn at the write gate.</summary>
    public void Free(int tokenId, long bytes, IngestOptions options)
    {
        Add(tokenId, -bytes);
        warnings.Note(tokenId, _bytesOfToken.GetValueOrDefault(tokenId), Bytes, options);
    }

    /// <summary>Loads the sizes from the database.</summary>
    public void Load(IReadOnlyDictionary<int, long> bytesOfToken)
    {
        _bytesOfToken.Clear();
        foreach (var (tokenId, bytes) in bytesOfToken)
        {
            _bytesOfToken[tokenId] = bytes;
        }

        Interlocked.Exchange(ref _bytes, bytesOfToken.Values.Sum());
    }

    /// <summary>A bad channel is stored together with its record, because it is useless without serial and time.</summary>
    private static Reject WithContext(Reject reject, ParsedMessage parsed)
    {
        if (reject.Scope is not RejectScope.Param)
        {
            return reject;
        }

        foreach (var record in parsed.Records)
        {
            if (reject.Offset >= record.Offset && reject.Offset < record.Offset + record.Length)
            {
                return reject with { Offset = record.Offset, Length = record.Length };
            }
        }

        return reject;
    }

    private void Take(IngestTransaction transaction, int tokenId, long bytes)
    {
        var (options, growth) = (transaction.Options, transaction.Quarantine);
        var ofToken = _bytesOfToken.GetValueOrDefault(tokenId) + growth.Of(tokenId);
        var left = options.QuarantineBytes - Bytes - growth.Bytes - bytes;
        var isReserve = left < options.QuarantineBytes / Reserve;
        if (left < 0 || ofToken + bytes > options.QuarantineBytesPerToken || (isReserve && ofToken > 0 && ofToken + bytes > left))
        {
            throw new QuarantineFullException();
        }

        growth.Add(tokenId, bytes);
        transaction.Effects.OnCommit(() =>
        {
            Add(tokenId, bytes);
            warnings.Note(tokenId, _bytesOfToken.GetValueOrDefault(tokenId), Bytes, options);
        });
    }

    private void Add(int tokenId, long bytes)
    {
        _bytesOfToken[tokenId] = _bytesOfToken.GetValueOrDefault(tokenId) + bytes;
        Interlocked.Add(ref _bytes, bytes);
    }
}
