using System.IO.Compression;
using Efento.Portal.Ingest.Payload;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Ingest;

/// <summary>How reading a body ended.</summary>
internal enum BodyVerdict
{
    /// <summary>It is all there.</summary>
    Complete,

    /// <summary>It is larger than the limit, as sent or inflated.</summary>
    TooLarge,

    /// <summary>Too many bytes of other bodies wait already.</summary>
    NoRoom,

    /// <summary>The HTTP message is malformed or came too slowly.</summary>
    Malformed,

    /// <summary>The sender hung up.</summary>
    BrokenOff,
}

/// <summary>Reads a gateway's body within the limits, inflating it if it is compressed.</summary>
internal sealed class BodyReader : IDisposable
{
    private const int FirstBuffer = 4096;
    private const int LargestFirstBuffer = 1024 * 1024;

    private readonly IngestQueue _queue;
    private byte[] _buffer = [];
    private long? _announced;
    private int _length;
    private long _reserved;

    private BodyReader(IngestQueue queue) => _queue = queue;

    /// <summary>How it ended.</summary>
    public BodyVerdict Verdict { get; private set; }

    /// <summary>The body, inflated if that could be done.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>The size known of a body that is too large.</summary>
    public long Size { get; private set; }

    /// <summary>What the server finds is wrong with a malformed message: 400 or 408.</summary>
    public int MalformedStatus { get; private set; }

    /// <summary>What is wrong with the bytes if they turn out not to be readable as they are; null if nothing is known.</summary>
    public RejectReason? Fault { get; private set; }

    /// <summary>Reads the request's body; <paramref name="limit"/> in bytes holds for it as sent and inflated.</summary>
    public static async Task<BodyReader> ReadAsync(HttpContext context, IngestQueue queue, long limit)
    {
        // The limit is checked here: it may change while the portal runs, and the answer must be ours.
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = null;
        }

        var announced = context.Request.ContentLength;
        var body = new BodyReader(queue);
        if (announced > limit)
        {
            body.Refuse(announced.Value);
            return body;
        }

        body._announced = announced;
        try
        {
            await body.FillAsync(context.Request.Body, limit, context.RequestAborted);
            if (body.Verdict is BodyVerdict.Complete)
            {
                await body.InflateAsync(context.Request.Headers.ContentEncoding.ToString().Trim(), limit, context.RequestAborted);
            }
        }
        catch (BadHttpRequestException exception)
        {
            (body.Verdict, body.MalformedStatus) = (BodyVerdict.Malformed, exception.StatusCode);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            body.Verdict = BodyVerdict.BrokenOff;
        }
        catch
        {
            body.Dispose();
            throw;
        }

        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.ReleaseBytes(_reserved);

    private async Task InflateAsync(string encoding, long limit, CancellationToken cancellationToken)
    {
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (encoding.ToLowerInvariant() is not ("gzip" or "x-gzip" or "deflate" or "br"))
        {
            Fault = RejectReason.NotInflatable;
            return;
        }

        var (sent, sentLength) = (_buffer, _length);
        (_buffer, _length, _announced) = ([], 0, null);
        try
        {
            await using var inflating = Inflating(encoding.ToLowerInvariant(), new MemoryStream(sent, 0, sentLength));
            await FillAsync(inflating, limit, cancellationToken);
        }
        // Brotli says InvalidOperationException where the others say InvalidDataException.
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            (_buffer, _length) = (sent, sentLength);
            Fault = RejectReason.NotInflatable;
        }
    }

    private static Stream Inflating(string encoding, Stream sent) => encoding switch
    {
        "br" => new BrotliStream(sent, CompressionMode.Decompress),
        "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
        _ => new GZipStream(sent, CompressionMode.Decompress),
    };

    private async Task FillAsync(Stream source, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length && !TryGrow(limit))
            {
                Verdict = BodyVerdict.NoRoom;
                return;
            }

            var read = await source.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0)
            {
                return;
            }

            _length += read;
            if (_length > limit)
            {
                Refuse(_length);
                return;
            }
        }
    }

    /// <summary>
    /// Books more room, then takes it; false if there is none. What was announced is believed once a first part of it has come; else the
    /// room doubles.
    /// </summary>
    private bool TryGrow(long limit)
    {
        var size = (int)(_buffer.Length == 0
            ? Math.Min((_announced ?? FirstBuffer) + 1, LargestFirstBuffer)
            : Math.Min(Math.Max(_buffer.Length * 2L, _announced + 1 ?? 0), Math.Min(limit + 1, Array.MaxLength)));
        var more = size - _buffer.Length;
        if (!_queue.TryReserveBytes(more, _reserved))
        {
            return false;
        }

        _reserved += more;
        var larger = GC.AllocateUninitializedArray<byte>(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        _buffer = larger;
        return true;
    }

    private void Refuse(long size)
    {
        Verdict = BodyVerdict.TooLarge;
        Size = size;
    }
}
