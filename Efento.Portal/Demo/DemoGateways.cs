using System.Collections.Concurrent;
using Efento.Portal.Access;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenes;

namespace Efento.Portal.Demo;

/// <summary>The demo's gateways: each with a token of its own, sending over HTTP as any other.</summary>
internal sealed class DemoGateways(TokenIssuer tokens, TimeProvider time) : IDisposable
{
    private readonly SocketsHttpHandler _handler = GatewayHttp.CreateHandler();
    private readonly ConcurrentDictionary<string, DemoGateway> _byToken = new(StringComparer.Ordinal);

    /// <summary>Whether a request comes from one of them.</summary>
    public bool IsOwn(IHeaderDictionary headers) => headers["X-Api-Token"] is [{ } token] && _byToken.ContainsKey(token);

    /// <summary>Issues the tokens and switches the gateways on.</summary>
    /// <param name="scene">What they hear.</param>
    /// <param name="server">The portal's own address.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task StartAsync(Scene scene, Uri server, CancellationToken stopping)
    {
        foreach (var gateway in scene.Gateways)
        {
            var issued = await tokens.IssueGatewayTokenAsync(DemoStaff.Actor, new GatewayTokenDraft { Name = $"Gateway {gateway.Name}" }, stopping);
            var token = issued.Issued?.Text ?? throw new InvalidOperationException(string.Join(' ', issued.Faults));
            _byToken[token] = new DemoGateway(gateway, server, token, time, _handler);
        }
    }

    /// <summary>Each sends what is due now.</summary>
    public Task SendDueAsync(CancellationToken stopping) => Task.WhenAll(_byToken.Values.Select(g => g.SendDueAsync(stopping)));

    /// <summary>They go on by themselves until stopped.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(_byToken.Values.Select(g => g.RunAsync(stopping)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gateway in _byToken.Values)
        {
            gateway.Dispose();
        }

        _handler.Dispose();
    }
}
