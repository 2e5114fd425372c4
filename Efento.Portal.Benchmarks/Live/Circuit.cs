using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>
/// A circuit held over a real WebSocket by a client that is no browser: it opens the page as blazor.web.js does, confirms every rendering
/// and answers calls to scripts with nothing.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private const int ObjectReference = 1;

    private readonly HubConnection _connection;
    private long _renderings;
    private long _bytes;

    private Circuit(HubConnection connection)
    {
        _connection = connection;
        connection.On<long, byte[]>("JS.RenderBatch", ConfirmAsync);
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        connection.On<string>("JS.Error", message => Error ??= message);
    }

    /// <summary>What the server says went wrong with the circuit; null if nothing did.</summary>
    public string? Error { get; private set; }

    /// <summary>Renderings received.</summary>
    public long Renderings => Interlocked.Read(ref _renderings);

    /// <summary>Their bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Opens the page at <paramref name="address"/>.</summary>
    public static async Task<Circuit> OpenAsync(Visitor visitor, Uri address, CancellationToken stopping)
    {
        var page = await visitor.Client.GetStringAsync(address, stopping);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(address, "_blazor"), HttpTransportType.WebSockets, http =>
            {
                http.SkipNegotiation = true;
                http.Cookies = visitor.Cookies;
            });
        connection.Services.AddSingleton<Microsoft.AspNetCore.SignalR.Protocol.IHubProtocol>(new BlazorPackProtocol());
        var circuit = new Circuit(connection.Build());
        await circuit.StartAsync(page, address, stopping);
        return circuit;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task StartAsync(string page, Uri address, CancellationToken stopping)
    {
        var operations = Marker().Matches(page).Select((marker, i) =>
            $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker.Groups[1].Value}}}""");
        await _connection.StartAsync(stopping);
        var id = await _connection.InvokeAsync<string?>("StartCircuit", address.ToString(), address.ToString(), "[]", "", stopping);
        if (id is null)
        {
            throw new InvalidOperationException("The portal did not start a circuit.");
        }

        await _connection.SendAsync(
            "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", State().Match(page).Groups[1].Value, stopping);
    }

    private Task ConfirmAsync(long rendering, byte[] content)
    {
        Interlocked.Increment(ref _renderings);
        Interlocked.Add(ref _bytes, content.Length);
        return _connection.SendAsync("OnRenderCompleted", rendering, (string?)null);
    }

    private async Task AnswerAsync(long call, string identifier, string arguments, int resultType, long target, int callType)
    {
        if (call != 0)
        {
            object? result = resultType == ObjectReference ? new Dictionary<string, long> { ["__jsObjectId"] = call } : null;
            await _connection.SendAsync("EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new object?[] { call, true, result }));
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
