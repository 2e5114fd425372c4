using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;

namespace Efento.Portal.Ingest;

/// <summary>There is no room left in the quarantine: the message must come again later.</summary>
public sealed class QuarantineFullException() : Exception("The quarantine is full. Discard what is not needed or raise Portal:Ingest:QuarantineBytes.");

/// <summary>Keeps aside what can't be used, raw and compressed, each thing once, within the quotas.</summary>
internal sealed class Quarantine(QuarantineWarnings warnings)
{
    /// <summary>A message with more rejects is set aside whole, once, instead of part by part.</summary>
    public const int MostParts = 100;

    /// <summary>
    /// The last part of the room, as a fraction: here a token may take no more than it leaves, so that a few that send nothing but rubbish don't
    /// fill it for everybody.
    /// </summary>
    private const int Reserve = 16;

    private readonly ConcurrentDictionary<int, long> _bytesOfToken = new();
    private long _bytes;

    /// <summary>What it holds, compressed, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>What it holds of each token, compressed, in bytes.</summary>
    public IReadOnlyDictionary<int, long> BytesOfToken => _bytesOfToken;

    /// <summary>Sets aside what the reader rejected.</summary>
    /// <exception cref="QuarantineFullException">There is no room.</exception>
    public void SetAside(
        ParsedMessage parsed, Extent extent, PendingMessage message, long id, int? gatewayId, IngestStatements statements, BatchEffects effects, IngestOptions options)
    {
        foreach (var part in PartsOf(parsed, parsed.Rejects, extent))
        {
            SetAside(part, message, id, gatewayId, statements, effects, options);
        }
    }

    /// <summary>What is kept for these rejects: each with its record, or the whole message once if they are many.</summary>
    public static IEnumerable<Reject> PartsOf(ParsedMessage parsed, IReadOnlyList<Reject> rejects, Extent extent) =>
        rejects.Count > MostParts
            ? [extent.As(rejects[0].Reason)]
            : rejects.Select(reject => WithContext(reject, parsed));

    /// <summary>Sets one part aside.</summary>
    /// <exception cref="QuarantineFullException">There is no room.</exception>
    public void SetAside(
        Reject reject, PendingMessage message, long id, int? gatewayId, IngestStatements statements, BatchEffects effects, IngestOptions options)
    {
        var raw = message.Body.Span.Slice(reject.Offset, reject.Length);
        var ready = reject.Length == message.Body.Length ? message.Whole : null;
        var hash = ready?.Hash ?? SHA256.HashData(raw);
        if (statements.TryCountAgain(message.TokenId, hash, reject.Reason, message.ReceivedMs))
        {
            return;
        }

        var compressed = ready?.Raw ?? Compress(raw);
        Take(message.TokenId, compressed.Length, options);
        effects.OnRollback(() => Add(message.TokenId, -compressed.Length));
        effects.OnCommit(() => warnings.Note(message.TokenId, _bytesOfToken.GetValueOrDefault(message.TokenId), Bytes, options));
        effects.Changed(new LiveKey(LiveTopic.Quarantine));
        statements.Insert(new QuarantineItem
        {
            TokenId = message.TokenId,
            GatewayId = gatewayId,
            MessageId = id,
            Reason = reject.Reason,
            Scope = reject.Scope,
            Hash = hash,
            Raw = compressed,
            Count = 1,
            FirstMs = message.ReceivedMs,
            LastMs = message.ReceivedMs,
        });
    }

    /// <summary>Takes into account that what is kept of a token grows or shrinks with the open transaction.</summary>
    /// <exception cref="QuarantineFullException">There is no room to grow.</exception>
    public void Change(int tokenId, long bytes, BatchEffects effects, IngestOptions options)
    {
        if (bytes > 0)
        {
            Take(tokenId, bytes, options);
            effects.OnRollback(() => Add(tokenId, -bytes));
        }
        else
        {
            effects.OnCommit(() => Free(tokenId, -bytes, options));
        }
    }

    /// <summary>Gives room back, at the writer's turn.</summary>
    public void Free(int tokenId, long bytes, IngestOptions options)
    {
        Add(tokenId, -bytes);
        warnings.Note(tokenId, _bytesOfToken.GetValueOrDefault(tokenId), Bytes, options);
    }

    /// <summary>Takes what the database holds into account.</summary>
    public void Load(IReadOnlyDictionary<int, long> bytesOfToken)
    {
        _bytesOfToken.Clear();
        foreach (var (tokenId, bytes) in bytesOfToken)
        {
            _bytesOfToken[tokenId] = bytes;
        }

        Interlocked.Exchange(ref _bytes, bytesOfToken.Values.Sum());
    }

    /// <summary>Compresses raw bytes as everything raw is kept.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> raw)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(raw);
        }

        return target.ToArray();
    }

    /// <summary>The raw bytes again, to be read to the end or not.</summary>
    public static Stream Open(byte[] compressed) => new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);

    /// <summary>The raw bytes again.</summary>
    public static byte[] Decompress(byte[] compressed)
    {
        using var source = Open(compressed);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }

    /// <summary>A bad channel is kept with the record it stands in: without serial and time nobody could make use of it.</summary>
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

    private void Take(int tokenId, long bytes, IngestOptions options)
    {
        var ofToken = _bytesOfToken.GetValueOrDefault(tokenId);
        var left = options.QuarantineBytes - Bytes - bytes;
        var isReserve = left < options.QuarantineBytes / Reserve;
        if (left < 0 || ofToken + bytes > options.QuarantineBytesPerToken || (isReserve && ofToken > 0 && ofToken + bytes > left))
        {
            throw new QuarantineFullException();
        }

        Add(tokenId, bytes);
    }

    private void Add(int tokenId, long bytes)
    {
        _bytesOfToken[tokenId] = _bytesOfToken.GetValueOrDefault(tokenId) + bytes;
        Interlocked.Add(ref _bytes, bytes);
    }
}
