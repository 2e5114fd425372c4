using System.Collections.Concurrent;
using System.Net;
using Efento.Portal.Streaming;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Efento.Portal.Tests.Support;

/// <summary>A program that listens to the live hub, with the .NET client of SignalR.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ConcurrentDictionary<string, LivePoint> _points = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LiveClient(Uri address, string? token, CookieContainer? cookies, HttpTransportType? transport)
    {
        _connection = new HubConnectionBuilder()
            .WithUrl(address, options =>
            {
                options.AccessTokenProvider = token is null ? null : () => Task.FromResult<string?>(token);
                options.Cookies = cookies ?? options.Cookies;
                options.Transports = transport ?? options.Transports;
            })
            .Build();
        _connection.On<LiveSnapshot>(nameof(ILiveClient.Snapshot), snapshot =>
        {
            _points.Clear();
            Take(snapshot.Points);
            _heard.Enqueue("snapshot");
        });
        _connection.On<LiveChange>(nameof(ILiveClient.Changed), change =>
        {
            Take(change.Points);
            foreach (var serial in change.Removed)
            {
                _points.TryRemove(serial, out _);
            }

            _heard.Enqueue("change");
        });
        _connection.On<DateTimeOffset>(nameof(ILiveClient.Beat), _ => _heard.Enqueue("beat"));
        _connection.On<bool>(nameof(ILiveClient.Sound), isOn => _heard.Enqueue(isOn ? "sound on" : "sound off"));
        _connection.On(nameof(ILiveClient.Ended), () => _heard.Enqueue("ended"));
        _connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>What was called, in order: snapshot, change, beat, sound on, sound off, ended.</summary>
    public IReadOnlyList<string> Heard => [.. _heard];

    /// <summary>The names of the points known now, in their order.</summary>
    public IReadOnlyList<string> Names => [.. _points.Values.Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>Ends when the connection is closed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Connects and waits for the first snapshot.</summary>
    public static async Task<LiveClient> ConnectAsync(
        Uri portal, string path, string? token = null, CookieContainer? cookies = null, HttpTransportType? transport = null)
    {
        var client = new LiveClient(new Uri(portal, path), token, cookies, transport);
        await client._connection.StartAsync();
        await client.UntilHeardAsync("snapshot");
        return client;
    }

    /// <summary>The first value of a logger now; null if it is not known.</summary>
    public double? ValueOf(string serial) => _points.TryGetValue(serial, out var point) ? point.Values[0].Value : null;

    /// <summary>What is known of a logger; null if nothing is.</summary>
    public LivePoint? Find(string serial) => _points.GetValueOrDefault(serial);

    /// <summary>Waits until something was called so often.</summary>
    public Task UntilHeardAsync(string what, int times = 1) => Until.TrueAsync(() => _heard.Count(heard => heard == what) >= times);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Take(IEnumerable<LivePoint> points)
    {
        foreach (var point in points)
        {
            _points[point.Serial] = point;
        }
    }
}
