using System.Diagnostics;
using Efento.Portal.Access;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Ingest;

/// <summary>
/// Counts requests that Kestrel itself answers 400 or 408 before they reach any route: a gateway that uses TLS on a port without TLS, a
/// request whose head never ends, or an invalid request line.
/// </summary>
internal sealed class MalformedRequests(DiagnosticListener server, RefusalCounter refusals, LiveFeed feed)
    : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private IDisposable? _listening;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = server.Subscribe(this, name => name == BadRequest);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Value is not IFeatureCollection features
                || features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException fault
            || features.Get<IHttpConnectionFeature>()?.RemoteIpAddress is not { } address)
        {
            return;
        }

        var reason = fault.StatusCode == StatusCodes.Status408RequestTimeout ? TokenVerdict.TooSlow : TokenVerdict.Malformed;
        refusals.Count(address, new TokenCheck(reason, Path: RefusedPath.Of(features.Get<IHttpRequestFeature>()?.RawTarget)));
        feed.Publish(new LiveKey(LiveTopic.Refusal));
    }

    /// <inheritdoc/>
    public void OnCompleted() => _listening?.Dispose();

    /// <inheritdoc/>
    public void OnError(Exception error) => _listening?.Dispose();
}
