using System.Collections.Concurrent;
using Efento.Portal.Access;
using Efento.Portal.Simulation;
using Efento.Portal.Simulation.Scenarios;

namespace Efento.Portal.Demo;

/// <summary>The demo's gateways. Each has its own token and sends over HTTP like any other gateway.</summary>
internal sealed class DemoGateways(TokenIssuer tokens, TimeProvider time) : IDisposable
{
    private readonly SocketsHttpHandler _handler = GatewayHttp.CreateHandler();
    private readonly ConcurrentDictionary<string, DemoGateway> _byToken = new(StringComparer.Ordinal);

    /// <summary>Whether a request comes from one of them.</summary>
    public bool IsOwn(IHeaderDictionary headers) => headers["X-Api-Token"] is [{ } token] && _byToken.ContainsKey(token);

    /// <summary>Issues the tokens and starts the gateways.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="server">The portal's own address.</param>
    /// <param name="stopping">Stops it.</param>
    public async Task StartAsync(Scenario scenario, Uri server, CancellationToken stopping)
    {
        foreach (var gateway in scenario.Gateways)
        {
            var issued = await tokens.IssueGatewayTokenAsync(
                DemoStaff.Actor, new GatewayTokenDraft { Name = gateway.Name }, stopping);
            var token = issued.Issued?.Text ?? throw new InvalidOperationException(string.Join(' ', AccessWords.Of(issued.Faults)));
            _byToken[token] = new DemoGateway(gateway, server, token, time, _handler);
        }
    }

    /// <summary>Lets each gateway send what is due now.</summary>
    public Task SendDueAsync(CancellationToken stopping) => Task.WhenAll(_byToken.Values.Select(g => g.SendDueAsync(stopping)));

    /// <summary>Runs the gateways until they are stopped.</summary>
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
