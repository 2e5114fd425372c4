using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Connections;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The gateway routes. Authenticate, read, store, answer 201: anything a gateway can't help is 503, for it sends again for ever.
/// Replies are plain: no redirect, no cookie, Content-Length, at most ten headers.
/// </summary>
internal sealed partial class IngestEndpoints(
    TokenDirectory tokens,
    RefusalCounter refusals,
    LiveFeed feed,
    MaintenanceMode maintenance,
    ServerClock clock,
    IngestQueue queue,
    BodyRoom room,
    IOptionsMonitor<IngestOptions> options,
    TimeProvider time,
    LogLimiter limiter,
    ILogger<IngestEndpoints> logger)
{
    /// <summary>Larger bodies are read one at a time, in bytes: reading them takes seconds and much memory.</summary>
    private const int MostAtOnce = 1024 * 1024;

    private readonly SemaphoreSlim _largeTurn = new(1, 1);

    /// <summary>The paths every gateway comes with.</summary>
    public static readonly string[] MeasurementPaths = ["/api/v4/measurements", "/api/v2/measurements"];

    /// <summary>The path heartbeats come to.</summary>
    public static readonly string[] HeartbeatPaths = ["/api/v4/gateways/heartbeat"];

    /// <summary>Takes measurements.</summary>
    public Task TakeMeasurementsAsync(HttpContext context) => TakeSafelyAsync(context, isHeartbeat: false);

    /// <summary>Takes a heartbeat.</summary>
    public Task TakeHeartbeatAsync(HttpContext context) => TakeSafelyAsync(context, isHeartbeat: true);

    /// <summary>Even a fault of the portal itself is no 500: the gateway shall keep what it has and come again.</summary>
    private async Task TakeSafelyAsync(HttpContext context, bool isHeartbeat)
    {
        try
        {
            await TakeAsync(context, isHeartbeat);
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            if (limiter.IsDue(fault.GetType().Name))
            {
                LogFault(logger, fault);
            }

            await IngestReply.LaterAsync(context, "The portal failed; its log says why.");
        }
    }

    private async Task TakeAsync(HttpContext context, bool isHeartbeat)
    {
        var receivedMs = clock.NowMs;
        var from = Networks.AddressOf(context.Connection);
        var check = IsForbiddenPlain(context.Request) ? new TokenCheck(TokenVerdict.PlainHttp) : tokens.CheckGateway(context.Request.Headers, from);
        if (check.Verdict is not TokenVerdict.Valid)
        {
            await RefuseAsync(context, from, check);
            return;
        }

        var pass = check.Pass!;
        var address = from.ToString();
        pass.Use.Note(receivedMs, address);
        Admission.LetIn(context);

        if (WhyNotNow() is { } reason)
        {
            await IngestReply.LaterAsync(context, reason);
            return;
        }

        using var body = await BodyReader.ReadAsync(context, pass.TokenId, room, options.CurrentValue.MaxBodyBytes, time);
        switch (body.Verdict)
        {
            case BodyVerdict.Complete:
                var message = await ReadAsync(body);
                if (isHeartbeat && !pass.TakesHeartbeatOf(message.GatewaySerial ?? message.Heartbeat!.Serial))
                {
                    await RefuseAsync(context, from, new TokenCheck(TokenVerdict.WrongGateway, pass));
                    break;
                }

                await StoreAsync(context, message);
                break;
            case BodyVerdict.TooLarge:
                await NoteAsync(TooLarge(body.Size));
                await IngestReply.TooLargeAsync(context, options.CurrentValue.MaxBodyBytes);
                break;
            case BodyVerdict.NoRoom:
                await IngestReply.LaterAsync(context, "Too many bytes are waiting to be stored.");
                break;
            case BodyVerdict.Malformed:
                CountBroken(context, from, pass, body.MalformedStatus);
                await IngestReply.MalformedAsync(context, body.MalformedStatus);
                break;
            case BodyVerdict.BrokenOff:
                CountBroken(context, from, pass, StatusCodes.Status400BadRequest);
                // Nobody is there to read it, but it is no success.
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
        }

        async Task<PendingMessage> ReadAsync(BodyReader body)
        {
            if (body.Bytes.Length <= BodyRoom.Small)
            {
                return Message(body.Bytes, body.Fault);
            }

            if (body.Bytes.Length <= MostAtOnce)
            {
                return ReadCounted(body);
            }

            await _largeTurn.WaitAsync();
            try
            {
                var large = ReadCounted(body);
                if (large.Measurements is not { Records.Count: > 0 })
                {
                    // It may have to be set aside, and is more than the writer should compress.
                    large.Whole = QuarantinePart.Of(Extent.Of(large).As(default), large.Body.Span);
                }

                return large;
            }
            finally
            {
                _largeTurn.Release();
            }
        }

        PendingMessage ReadCounted(BodyReader body)
        {
            var message = Message(body.Bytes, body.Fault);
            body.CountParsed(message.Measurements?.MemoryBytes ?? 0);
            return message;
        }

        PendingMessage Message(ReadOnlyMemory<byte> bytes, RejectReason? fault) => new()
        {
            TokenId = pass.TokenId,
            GatewaySerial = GatewaySerial(context),
            Address = address,
            IsPlainHttp = !context.Request.IsHttps,
            Route = RouteOf(context),
            ReceivedMs = receivedMs,
            Body = bytes,
            Measurements = isHeartbeat ? null : PayloadReader.Read(bytes.Span, fault),
            Heartbeat = isHeartbeat ? HeartbeatReader.Read(bytes.Span) : null,
        };

        PendingMessage TooLarge(long size) => new()
        {
            TokenId = pass.TokenId,
            GatewaySerial = GatewaySerial(context),
            Address = address,
            IsPlainHttp = !context.Request.IsHttps,
            Route = RouteOf(context),
            ReceivedMs = receivedMs,
            Body = default,
            RefusedBytes = size,
        };
    }

    /// <summary>
    /// 401, and the connection is closed: whoever knocks in a loop has to connect anew each time, while valid tokens of the same address
    /// never wait.
    /// </summary>
    private Task RefuseAsync(HttpContext context, IPAddress from, in TokenCheck check)
    {
        refusals.Count(from, check);
        feed.Publish(new LiveKey(LiveTopic.Refusal));
        return IngestReply.UnauthorisedAsync(context, check);
    }

    private void CountBroken(HttpContext context, IPAddress from, GatewayPass pass, int status)
    {
        var reason = status == StatusCodes.Status408RequestTimeout ? TokenVerdict.TooSlow : TokenVerdict.Malformed;
        refusals.Count(from, new TokenCheck(reason, pass, Path: RefusedPath.Of(context.Request.Path)));
        feed.Publish(new LiveKey(LiveTopic.Refusal));
    }

    /// <summary>Writes a refused message's line into the ledger, if the ledger can be written.</summary>
    private Task NoteAsync(PendingMessage message) => queue.TryEnqueue(message, out _) ? message.Outcome : Task.CompletedTask;

    private async Task StoreAsync(HttpContext context, PendingMessage message)
    {
        if (!queue.TryEnqueue(message, out var refusal))
        {
            await IngestReply.LaterAsync(context, refusal!);
            return;
        }

        // A sender that hangs up does not cancel what is queued.
        var outcome = await message.Outcome;
        await (outcome.Refusal is { } why
            ? IngestReply.LaterAsync(context, why)
            : IngestReply.StoredAsync(context, message.Heartbeat is null ? outcome.Answers : null));
    }

    private bool IsForbiddenPlain(HttpRequest request) => options.CurrentValue.RequireHttps && !request.IsHttps;

    private string? WhyNotNow() =>
        maintenance.Current is { } window ? $"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"
        : clock.Fault ?? queue.Fault;

    private string? GatewaySerial(HttpContext context)
    {
        var told = context.Request.RouteValues["gateway"] as string
            ?? GatewayPasses.OneOf(context.Request.Headers[options.CurrentValue.GatewaySerialHeader]);
        return string.IsNullOrWhiteSpace(told) || told.Length > SerialReader.MaxLength ? null : SerialNumber.Fold(told);
    }

    /// <summary>The path as configured: a gateway's serial in it is no part of the route.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path.Value!;

    [LoggerMessage(Level = LogLevel.Error, Message = "A gateway's message could not be handled")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
