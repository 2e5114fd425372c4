using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>Creates a message from a request and its body.</summary>
internal sealed class MessageReader(IOptionsMonitor<IngestOptions> options) : IDisposable
{
    /// <summary>Bodies larger than this, in bytes, are parsed one at a time: parsing takes seconds and much memory.</summary>
    private const int MostAtOnce = 1024 * 1024;

    private readonly SemaphoreSlim _largeTurn = new(1, 1);

    /// <summary>Parses a complete body.</summary>
    public async Task<PendingMessage> ReadAsync(GatewayRequest request, BodyReader body)
    {
        if (body.Bytes.Length <= BodyRoom.Small)
        {
            return Message(request, body);
        }

        if (body.Bytes.Length <= MostAtOnce)
        {
            return ReadCounted(request, body);
        }

        await _largeTurn.WaitAsync();
        try
        {
            return ReadLarge(request, body);
        }
        finally
        {
            _largeTurn.Release();
        }
    }

    /// <summary>The message for the ledger if the body is too large to be read.</summary>
    public PendingMessage TooLarge(GatewayRequest request, long size) => Message(request, default, null, null, size);

    /// <inheritdoc/>
    public void Dispose() => _largeTurn.Dispose();

    private PendingMessage ReadLarge(GatewayRequest request, BodyReader body)
    {
        var large = ReadCounted(request, body);
        if (large.Measurements is not { Records.Count: > 0 })
        {
            // It may have to be set aside, and is too large for the writer to compress.
            large.Whole = QuarantinePart.Of(Extent.Of(large).As(default), large.Body.Span);
        }

        return large;
    }

    private PendingMessage ReadCounted(GatewayRequest request, BodyReader body)
    {
        var message = Message(request, body);
        body.CountParsed(message.Measurements?.MemoryBytes ?? 0);
        return message;
    }

    private PendingMessage Message(GatewayRequest request, BodyReader body) => request.IsHeartbeat
        ? Message(request, body.Bytes, null, HeartbeatReader.Read(body.Bytes.Span))
        : Message(request, body.Bytes, PayloadReader.Read(body.Bytes.Span, body.Fault), null);

    private PendingMessage Message(
        GatewayRequest request, ReadOnlyMemory<byte> body, ParsedMessage? measurements, ParsedHeartbeat? heartbeat,
        long? refusedBytes = null) => new()
        {
            TokenId = request.Pass.TokenId,
            GatewaySerial = GatewaySerial(request.Context),
            Address = request.From.ToString(),
            IsPlainHttp = !request.Context.Request.IsHttps,
            Route = RouteOf(request.Context),
            ReceivedMs = request.ReceivedMs,
            Body = body,
            Measurements = measurements,
            Heartbeat = heartbeat,
            RefusedBytes = refusedBytes,
        };

    private string? GatewaySerial(HttpContext context)
    {
        var told = context.Request.RouteValues["gateway"] as string
            ?? GatewayPasses.OneOf(context.Request.Headers[options.CurrentValue.GatewaySerialHeader]);
        return string.IsNullOrWhiteSpace(told) || told.Length > SerialReader.MaxLength ? null : SerialNumber.Fold(told);
    }

    /// <summary>The path as configured, without the gateway's serial.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path.Value!;
}
