using System.Collections.Concurrent;
using System.Text.Json;
using Efento.Portal.Tests.Notifications.Channels.Http;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Outgoing;

/// <summary>A program that takes measurements, and keeps those of the requests that it accepted.</summary>
internal sealed class FeedReceiver : IAsyncDisposable
{
    private readonly HttpReceiver _http;
    private readonly ConcurrentQueue<JsonElement> _taken = new();
    private int _asked;

    private FeedReceiver(HttpReceiver http) => _http = http;

    public Uri Address => _http.Address;

    /// <summary>All requests, those that were not accepted as well.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _http.Requests;

    /// <summary>The status of the next answers that breaks the connection off instead, once the readings came.</summary>
    public const int BrokenOff = -1;

    /// <summary>What each answer waits for; the default is nothing.</summary>
    public Func<CancellationToken, Task>? Turn { get; set; }

    /// <summary>The status of the next answers; 0 for none at all, or <see cref="BrokenOff"/>. The default is 204.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>The readings that it has, in the order in which they came.</summary>
    public IReadOnlyList<JsonElement> Readings => [.. _taken];

    /// <summary>The values of those readings.</summary>
    public IReadOnlyList<double?> Values => [.. Readings.Select(ValueOf)];

    public static async Task<FeedReceiver> StartAsync()
    {
        var receiver = new FeedReceiver(await HttpReceiver.StartAsync());
        receiver._http.Answer = receiver.AnswerAsync;
        return receiver;
    }

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    /// <summary>The readings of a request.</summary>
    public static IReadOnlyList<JsonElement> ReadingsOf(ReceivedRequest request) =>
        [.. request.Json.GetProperty("data").GetProperty("readings").EnumerateArray()];

    private static double? ValueOf(JsonElement reading) =>
        reading.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private async Task AnswerAsync(HttpContext context)
    {
        // A feed sends one request after the other, so that this one is the next of those kept.
        var request = Requests[Interlocked.Increment(ref _asked) - 1];
        await (Turn?.Invoke(context.RequestAborted) ?? Task.CompletedTask);
        if (Status == 0)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        if (Status == BrokenOff)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = Status;
        if (Status < StatusCodes.Status300MultipleChoices)
        {
            foreach (var reading in ReadingsOf(request))
            {
                _taken.Enqueue(reading);
            }
        }
    }
}
