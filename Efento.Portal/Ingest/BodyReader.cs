using System.IO.Compression;
using Efento.Portal.Ingest.Payload;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Ingest;

/// <summary>The result of reading a body.</summary>
internal enum BodyVerdict
{
    /// <summary>The body is complete.</summary>
    Complete,

    /// <summary>The body is larger than the limit, as sent or after decompression.</summary>
    TooLarge,

    /// <summary>Other bodies already occupy the memory for bodies.</summary>
    NoRoom,

    /// <summary>The HTTP message is malformed or came too slowly.</summary>
    Malformed,

    /// <summary>The sender closed the connection.</summary>
    BrokenOff,
}

/// <summary>Reads a gateway's body within the limits, and decompresses it if necessary.</summary>
internal sealed class BodyReader : IDisposable
{
    /// <summary>
    /// Memory for an announced length is reserved at once up to this many bytes. Beyond that, it is reserved as the bytes arrive.
    /// </summary>
    private const int TrustedLength = 4096;

    private const int FirstBuffer = 16 * 1024;

    private readonly BodyRoom _room;
    private readonly int _tokenId;
    private byte[] _buffer = [];
    private long? _announced;
    private int _length;
    private long _taken;

    private BodyReader(BodyRoom room, int tokenId) => (_room, _tokenId) = (room, tokenId);

    /// <summary>The result.</summary>
    public BodyVerdict Verdict { get; private set; }

    /// <summary>The body, decompressed if that was possible.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>As much as is known of the size of a body that is too large.</summary>
    public long Size { get; private set; }

    /// <summary>The status for a malformed message according to Kestrel: 400 or 408.</summary>
    public int MalformedStatus { get; private set; }

    /// <summary>What is wrong with the bytes, if they turn out to be unreadable; null if nothing is known.</summary>
    public RejectReason? Fault { get; private set; }

    /// <summary>Reads the request's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tokenId">The token whose share of memory the body uses.</param>
    /// <param name="room">The memory for bodies.</param>
    /// <param name="limit">The largest body in bytes, as sent and after decompression.</param>
    /// <param name="time">The clock for slow bodies.</param>
    public static async Task<BodyReader> ReadAsync(HttpContext context, int tokenId, BodyRoom room, long limit, TimeProvider time)
    {
        // The limit is checked here instead of by Kestrel: it may change while the portal runs, and the answer must be the portal's own.
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false })
        {
            size.MaxRequestBodySize = null;
        }

        var announced = context.Request.ContentLength;
        var body = new BodyReader(room, tokenId);
        if (announced > limit)
        {
            body.Refuse(announced.Value);
            return body;
        }

        body._announced = announced;
        try
        {
            await body.ReceiveAsync(context.Request, limit, time, context.RequestAborted);
            if (body.Verdict is BodyVerdict.Complete)
            {
                await body.InflateAsync(context.Request.Headers.ContentEncoding.ToString().Trim(), limit, context.RequestAborted);
            }
        }
        catch (BadHttpRequestException exception)
        {
            (body.Verdict, body.MalformedStatus) = (BodyVerdict.Malformed, exception.StatusCode);
        }
        // Kestrel reports a chunk that claims to have 2 GiB or more in this way. The sender is still connected.
        catch (IOException exception) when (exception is not ConnectionResetException && !context.RequestAborted.IsCancellationRequested)
        {
            (body.Verdict, body.MalformedStatus) = (BodyVerdict.Malformed, StatusCodes.Status400BadRequest);
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

    /// <summary>Adds the parsed form of the body, which stays in memory as long as the body.</summary>
    public void CountParsed(long bytes)
    {
        _room.Take(_tokenId, bytes);
        _taken += bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Leave(_tokenId, _taken);

    private async Task ReceiveAsync(HttpRequest request, long limit, TimeProvider time, CancellationToken cancellationToken)
    {
        BodyRateLimit? pace = null;
        try
        {
            await FillAsync(request.Body, limit, () => pace ??= Begin(), cancellationToken);
        }
        catch (OperationCanceledException) when (pace is { IsOver: true })
        {
            (Verdict, MalformedStatus) = (BodyVerdict.Malformed, StatusCodes.Status408RequestTimeout);
        }
        finally
        {
            if (pace is not null)
            {
                await pace.DisposeAsync();
                _room.Await(false);
            }
        }

        BodyRateLimit Begin()
        {
            var begun = new BodyRateLimit(time, request.BodyReader.CancelPendingRead);
            _room.Await(true);
            return begun;
        }
    }

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

        var (sent, sentLength, sentTaken) = (_buffer, _length, _taken);
        (_buffer, _length, _announced) = ([], 0, null);
        try
        {
            await using var inflating = Inflating(encoding.ToLowerInvariant(), new MemoryStream(sent, 0, sentLength));
            await FillAsync(inflating, limit, paceOf: null, cancellationToken);
            _room.Leave(_tokenId, sentTaken);
            _taken -= sentTaken;
        }
        // Brotli throws InvalidOperationException where the other formats throw InvalidDataException.
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            (_buffer, _length) = (sent, sentLength);
            Fault = RejectReason.NotInflatable;
        }
        catch (IOException fault)
        {
            // The bytes come from memory, so this is not a broken connection: the decompressor ran out of memory.
            throw new InsufficientMemoryException("A body could not be inflated.", fault);
        }
    }

    private static Stream Inflating(string encoding, Stream sent) => encoding switch
    {
        "br" => new BrotliStream(sent, CompressionMode.Decompress),
        "deflate" => new ZLibStream(sent, CompressionMode.Decompress),
        _ => new GZipStream(sent, CompressionMode.Decompress),
    };

    /// <param name="source">The source of the bytes.</param>
    /// <param name="limit">The largest body, in bytes.</param>
    /// <param name="paceOf">
    /// Creates the rate limit. It is called only if the body has to be waited for, because most bodies are there at once.
    /// </param>
    /// <param name="cancellationToken">Cancels the read.</param>
    private async Task FillAsync(Stream source, long limit, Func<BodyRateLimit>? paceOf, CancellationToken cancellationToken)
    {
        if (paceOf is not null && !(_announced <= TrustedLength))
        {
            // Completes when there is something to read. Until then no buffer is needed.
            await WaitedAsync(source.ReadAsync(Memory<byte>.Empty, cancellationToken), paceOf);
        }

        while (true)
        {
            if (_length == _buffer.Length && !TryGrow(limit))
            {
                Verdict = BodyVerdict.NoRoom;
                return;
            }

            var read = await WaitedAsync(source.ReadAsync(_buffer.AsMemory(_length), cancellationToken), paceOf);
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

    private ValueTask<int> WaitedAsync(ValueTask<int> reading, Func<BodyRateLimit>? paceOf)
    {
        if (paceOf is not null && !reading.IsCompleted)
        {
            paceOf().Note(_length);
        }

        return reading;
    }

    /// <summary>
    /// Reserves more room, then memory; false if there is no room. Reserves twice as much as has arrived, but no more than was announced.
    /// </summary>
    private bool TryGrow(long limit)
    {
        var most = Math.Min(_announced ?? limit, limit) + 1;
        var size = (int)Math.Min(Math.Min(_buffer.Length == 0 ? FirstBuffer : _buffer.Length * 2L, most), Array.MaxLength);
        var more = size - _buffer.Length;
        if (!_room.TryTake(_tokenId, more, _taken))
        {
            return false;
        }

        _taken += more;
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
