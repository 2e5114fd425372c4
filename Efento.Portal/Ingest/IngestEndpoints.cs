using System.Net;
using Efento.Portal.Access;
using Efento.Portal.Configuration;
using Efento.Portal.Connections;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Live;
using Efento.Portal.Maintenance;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// Handles the gateway routes: authenticate, read, store, answer 201. Anything that a gateway can't help is answered 503, because the
/// gateway repeats the message until it succeeds. Replies are simple: no redirect, no cookie, a Content-Length, at most ten headers.
/// </summary>
internal sealed partial class IngestEndpoints(
    TokenDirectory tokens,
    RefusalCounter refusals,
    LiveFeed feed,
    MaintenanceMode maintenance,
    ServerClock clock,
    IngestQueue queue,
    BodyRoom room,
    MessageReader messages,
    IngestMeter meter,
    IOptionsMonitor<IngestOptions> options,
    TimeProvider time,
    LogLimiter limiter,
    ILogger<IngestEndpoints> log)
{
    /// <summary>Receives measurements.</summary>
    public Task TakeMeasurementsAsync(HttpContext context) => TakeSafelyAsync(context, isHeartbeat: false);

    /// <summary>Receives a heartbeat.</summary>
    public Task TakeHeartbeatAsync(HttpContext context) => TakeSafelyAsync(context, isHeartbeat: true);

    /// <summary>Even a bug in the portal is answered 503 instead of 500: the gateway must keep its data and send it again.</summary>
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
                LogFault(log, fault);
            }

            await IngestReply.LaterAsync(context, "The portal failed; its log says why.");
        }
        finally
        {
            meter.Answered(isHeartbeat, context.Response.StatusCode);
        }
    }

    private async Task TakeAsync(HttpContext context, bool isHeartbeat)
    {
        var receivedMs = clock.NowMs;
        var from = Networks.AddressOf(context.Connection);
        var check = IsForbiddenPlain(context.Request)
            ? new TokenCheck(TokenVerdict.PlainHttp)
            : tokens.CheckGateway(context.Request.Headers, from);
        if (check.Verdict is not TokenVerdict.Valid)
        {
            await RefuseAsync(context, from, check);
            return;
        }

        check.Pass!.Use.Note(receivedMs, from.ToString());
        Admission.Admit(context);
        await (ReasonToWait is { } reason
            ? IngestReply.LaterAsync(context, reason)
            : TakeAsync(new GatewayRequest(context, from, check.Pass, receivedMs, isHeartbeat)));
    }

    private async Task TakeAsync(GatewayRequest request)
    {
        using var body = await BodyReader.ReadAsync(request.Context, request.Pass.TokenId, room, options.CurrentValue.MaxBodyBytes, time);
        await (body.Verdict switch
        {
            BodyVerdict.Complete => TakeAsync(request, body),
            BodyVerdict.TooLarge => RefuseTooLargeAsync(request, body.Size),
            BodyVerdict.NoRoom => IngestReply.LaterAsync(request.Context, "Too many bytes are waiting to be stored."),
            BodyVerdict.Malformed => RefuseMalformedAsync(request, body.MalformedStatus),
            BodyVerdict.BrokenOff => GiveUpAsync(request),
            _ => throw new InvalidOperationException($"A body is {body.Verdict}."),
        });
    }

    private async Task TakeAsync(GatewayRequest request, BodyReader body)
    {
        var message = await messages.ReadAsync(request, body);
        if (message.Heartbeat is { } heartbeat && !request.Pass.TakesHeartbeatOf(message.GatewaySerial ?? heartbeat.Serial))
        {
            await RefuseAsync(request.Context, request.From, new TokenCheck(TokenVerdict.WrongGateway, request.Pass));
            return;
        }

        await StoreAsync(request.Context, message);
    }

    /// <summary>Answers 413, and adds a line to the ledger if possible.</summary>
    private async Task RefuseTooLargeAsync(GatewayRequest request, long size)
    {
        var message = messages.TooLarge(request, size);
        if (queue.TryEnqueue(message, out _))
        {
            await message.Outcome;
        }

        await IngestReply.TooLargeAsync(request.Context, options.CurrentValue.MaxBodyBytes);
    }

    private Task RefuseMalformedAsync(GatewayRequest request, int status)
    {
        CountBroken(request, status);
        return IngestReply.MalformedAsync(request.Context, status);
    }

    /// <summary>Answers a sender that has closed the connection. Nobody reads the answer, but it must not be a success.</summary>
    private Task GiveUpAsync(GatewayRequest request)
    {
        CountBroken(request, StatusCodes.Status400BadRequest);
        request.Context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Answers 401 and closes the connection. A sender that repeats this in a loop has to connect again each time, while valid tokens from
    /// the same address never wait.
    /// </summary>
    private Task RefuseAsync(HttpContext context, IPAddress from, in TokenCheck check)
    {
        refusals.Count(from, check);
        feed.Publish(new LiveKey(LiveTopic.Refusal));
        return IngestReply.UnauthorisedAsync(context, check);
    }

    private void CountBroken(GatewayRequest request, int status)
    {
        var reason = status == StatusCodes.Status408RequestTimeout ? TokenVerdict.TooSlow : TokenVerdict.Malformed;
        refusals.Count(request.From, new TokenCheck(reason, request.Pass, Path: RefusedPath.Of(request.Context.Request.Path)));
        feed.Publish(new LiveKey(LiveTopic.Refusal));
    }

    private async Task StoreAsync(HttpContext context, PendingMessage message)
    {
        if (!queue.TryEnqueue(message, out var refusal))
        {
            await IngestReply.LaterAsync(context, IngestWords.Of(refusal!));
            return;
        }

        // A message in the queue is stored even if its sender closes the connection.
        var outcome = await message.Outcome;
        await (outcome.Refusal is { } why
            ? IngestReply.LaterAsync(context, why)
            : IngestReply.StoredAsync(context, message.Heartbeat is null ? outcome.Answers : null));
    }

    private bool IsForbiddenPlain(HttpRequest request) => options.CurrentValue.RequireHttps && !request.IsHttps;

    /// <summary>Why gateways have to try again later; null if they don't have to.</summary>
    private string? ReasonToWait =>
        maintenance.Current is { } window ? $"Maintenance until {window.UntilUtc:yyyy-MM-dd HH:mm:ss} UTC: {window.Reason}"
        : (clock.Fault ?? queue.Fault) is { } fault ? IngestWords.Of(fault)
        : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "A gateway's message could not be handled")]
    private static partial void LogFault(ILogger log, Exception fault);
}
