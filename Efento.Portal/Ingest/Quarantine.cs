using System.IO.Compression;
using System.Security.Cryptography;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest;

/// <summary>There is no room left in the quarantine: the message must come again later.</summary>
public sealed class QuarantineFullException() : Exception("The quarantine is full. Discard what is not needed or raise Portal:Ingest:QuarantineBytes.");

/// <summary>Keeps aside what can't be used, raw and compressed, each thing once, within the quotas.</summary>
internal sealed class Quarantine
{
    /// <summary>A message with more rejects is set aside whole, once, instead of part by part.</summary>
    public const int MostParts = 100;

    private readonly Dictionary<int, long> _bytesOfToken = [];
    private long _bytes;

    /// <summary>What it holds, compressed, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Sets aside what the reader rejected.</summary>
    /// <exception cref="QuarantineFullException">There is no room.</exception>
    public void SetAside(
        ParsedMessage parsed, PendingMessage message, long id, int? gatewayId, IngestStatements statements, BatchEffects effects, IngestOptions options)
    {
        if (parsed.Rejects.Count > MostParts)
        {
            var whole = parsed.Rejects[0] with { Offset = 0, Length = message.Body.Length };
            SetAside(whole, message, id, gatewayId, statements, effects, options);
            return;
        }

        foreach (var reject in parsed.Rejects)
        {
            SetAside(WithContext(reject, parsed), message, id, gatewayId, statements, effects, options);
        }
    }

    /// <summary>Sets one part aside.</summary>
    /// <exception cref="QuarantineFullException">There is no room.</exception>
    public void SetAside(
        Reject reject, PendingMessage message, long id, int? gatewayId, IngestStatements statements, BatchEffects effects, IngestOptions options)
    {
        var raw = message.Body.Span.Slice(reject.Offset, reject.Length);
        var hash = SHA256.HashData(raw);
        if (statements.TryCountAgain(message.TokenId, hash, reject.Reason, message.ReceivedMs))
        {
            return;
        }

        var compressed = Compress(raw);
        Take(message.TokenId, compressed.Length, options);
        effects.OnRollback(() => Add(message.TokenId, -compressed.Length));
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

    /// <summary>The raw bytes again.</summary>
    public static byte[] Decompress(byte[] compressed)
    {
        using var source = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
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
        if (Bytes + bytes > options.QuarantineBytes || ofToken + bytes > options.QuarantineBytesPerToken)
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
