using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Efento.Portal.Tests.Support;

/// <summary>A server that answers gateways as a test tells it, over real HTTP; without a script it answers as the protocol asks.</summary>
public sealed class StubPortal : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StubAnswer> _script = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();

    private StubPortal()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>What came in.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    /// <summary>What came in at measurements.</summary>
    public IReadOnlyList<StubRequest> Measurements => [.. _requests.Where(r => !r.IsHeartbeat)];

    /// <summary>Handles answered N.</summary>
    public HashSet<long> Refused { get; } = [];

    /// <summary>Starts a server on a free port of this machine.</summary>
    public static async Task<StubPortal> StartAsync()
    {
        var portal = new StubPortal();
        await portal._app.StartAsync();
        return portal;
    }

    /// <summary>Answers the next requests so, in this order.</summary>
    public void Next(params IEnumerable<StubAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }
    }

    /// <summary>Answers the next requests with these statuses, in this order.</summary>
    public void Next(params IEnumerable<int> statuses) => Next(statuses.Select(s => new StubAnswer(s)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await StubRequest.ReadAsync(context.Request);
        _requests.Enqueue(request);
        var answer = _script.TryDequeue(out var scripted) ? scripted : new StubAnswer(201);
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(answer.Body ?? BodyFor(request, answer.Status)));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private string BodyFor(StubRequest request, int status)
    {
        if (status != 201 || request.IsHeartbeat)
        {
            return "{}";
        }

        var handles = request.Handles.Distinct().ToLookup(Refused.Contains);
        return JsonSerializer.Serialize(new { Y = handles[false], N = handles[true] });
    }
}

/// <summary>How the stub answers once.</summary>
/// <param name="Status">The status; 0 breaks the connection.</param>
/// <param name="Body">The JSON; null for what the protocol asks.</param>
public sealed record StubAnswer(int Status, string? Body = null)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
