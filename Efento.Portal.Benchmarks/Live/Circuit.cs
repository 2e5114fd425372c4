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
    private readonly Visitor _visitor;
    private string? _id;
    private volatile bool _hasLeft;
    private long _renderings;
    private long _bytes;

    private Circuit(HubConnection connection, Visitor visitor)
    {
        (_connection, _visitor) = (connection, visitor);
        connection.On<long, byte[]>("JS.RenderBatch", ConfirmAsync);
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);

        // What was on its way when the page was left is answered with an error: there is no circuit any more.
        connection.On<string>("JS.Error", message => Error ??= _hasLeft ? null : message);
    }

    /// <summary>What the server says went wrong with the circuit; null if nothing did before the page was left.</summary>
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
            .WithUrl(new Uri(visitor.Client.BaseAddress!, "_blazor"), HttpTransportType.WebSockets, http =>
            {
                http.SkipNegotiation = true;
                http.Cookies = visitor.Cookies;
            });
        connection.Services.AddSingleton<Microsoft.AspNetCore.SignalR.Protocol.IHubProtocol>(new BlazorPackProtocol());
        var circuit = new Circuit(connection.Build(), visitor);
        await circuit.StartAsync(page, visitor.Client.BaseAddress!, address, stopping);
        return circuit;
    }

    /// <summary>Follows a link to another page, as a browser does without loading anything anew.</summary>
    public Task FollowAsync(Uri address) => _connection.SendAsync("OnLocationChanged", address.ToString(), null, true);

    /// <summary>Says good-bye, as a browser does whose page is closed or loaded anew.</summary>
    public async Task LeaveAsync(CancellationToken stopping)
    {
        _hasLeft = true;
        using var goodbye = new MultipartFormDataContent { { new StringContent(_id!), "circuitId" } };
        using var answer = await _visitor.Client.PostAsync(new Uri("_blazor/disconnect", UriKind.Relative), goodbye, stopping);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task StartAsync(string page, Uri portal, Uri address, CancellationToken stopping)
    {
        var operations = Marker().Matches(page).Select((marker, i) =>
            $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker.Groups[1].Value}}}""");
        await _connection.StartAsync(stopping);
        _id = await _connection.InvokeAsync<string?>("StartCircuit", portal.ToString(), address.ToString(), "[]", "", stopping);
        if (_id is null)
        {
            throw new InvalidOperationException("The portal did not start a circuit.");
        }

        await _connection.SendAsync(
            "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""",
            State().Match(page).Groups[1].Value, stopping);
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
            await _connection.SendAsync(
                "EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new object?[] { call, true, result }));
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
