using System.Diagnostics;
using System.Globalization;
using Efento.Portal.Benchmarks.Live;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;
using Microsoft.AspNetCore.SignalR.Client;

namespace Efento.Portal.Benchmarks.Memory;

/// <summary>
/// Whether the memory of a portal stays level under open pages that are updated and others that come and go. Pages are held by WebSocket
/// clients that confirm every rendering.
/// </summary>
internal sealed class MemoryBenchmark(MemoryOptions options, TextWriter output)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(15);

    private readonly Claims _claims = new(output);
    private readonly Uri _address = new($"http://127.0.0.1:{options.Port}/");
    private readonly List<(TimeSpan At, ResidentMemory Memory)> _seen = [];
    private readonly List<string> _errors = [];
    private int _visits;

    /// <summary>Runs and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(options.Directory));
        using var server = await ServerProcess.StartPortalAsync(options.Port, options.Directory);
        await SendAsync(seconds: 2, rate: options.Loggers / FleetMessage.Loggers, stopping);
        using var visitor = await Visitor.SignInAsync(_address, stopping);
        await using var circuits = await OpenCircuits.OpenAsync(visitor, Pages().Take(options.Circuits), TimeSpan.FromMinutes(1), stopping);
        var walls = await ListenAsync(visitor, stopping);
        output.WriteLine(
            $"{options.Loggers} measuring points, {options.Circuits} pages open, {walls.Count} listen to the live hub, {options.Rate:0.#} messages/s");
        output.WriteLine();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var visits = VisitAsync(visitor, end.Token);
        var load = SendAsync(options.Duration.TotalSeconds, options.Rate, stopping);
        await WatchAsync(server, circuits, load, stopping);
        await end.CancelAsync();
        await visits;
        foreach (var wall in walls)
        {
            await wall.DisposeAsync();
        }

        Judge(await load, circuits, server.Errors);
        return _claims.AllHold;
    }

    private IEnumerable<Uri> Pages()
    {
        for (var i = 0; ; i++)
        {
            yield return (i % 4) switch
            {
                0 or 1 => _address,
                2 => new Uri(_address, $"points/{1 + (i % options.Loggers)}"),
                _ => new Uri(_address, "gateways"),
            };
        }
    }

    private async Task<List<HubConnection>> ListenAsync(Visitor visitor, CancellationToken stopping)
    {
        List<HubConnection> walls = [];
        for (var i = 0; i < options.Walls; i++)
        {
            var wall = new HubConnectionBuilder().WithUrl(new Uri(_address, "hubs/live"), http => http.Cookies = visitor.Cookies).Build();
            await wall.StartAsync(stopping);
            walls.Add(wall);
        }

        return walls;
    }

    /// <summary>Opens a page, stays for a while, follows a link to another, leaves: by turns with a good-bye and without a word.</summary>
    private async Task VisitAsync(Visitor visitor, CancellationToken end)
    {
        if (options.Pause == TimeSpan.Zero)
        {
            return;
        }

        try
        {
            foreach (var page in Pages())
            {
                var circuit = await Circuit.OpenAsync(visitor, page, end);
                await Task.Delay(options.Pause / 2, end);
                await circuit.FollowAsync(_address);
                await Task.Delay(options.Pause / 2, end);
                if (++_visits % 2 == 0)
                {
                    await circuit.LeaveAsync(end);
                }

                Note(circuit);
                await circuit.DisposeAsync();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return;
        }
    }

    private void Note(Circuit circuit)
    {
        if (circuit.Error is { } error)
        {
            _errors.Add(error);
        }
    }

    private async Task WatchAsync(ServerProcess server, OpenCircuits circuits, Task load, CancellationToken stopping)
    {
        output.WriteLine("    s  resident MB  own MB  code MB  files MB  renderings  visits  CPU s");
        var watch = Stopwatch.StartNew();
        for (var told = -TellEvery; !load.IsCompleted; await Task.Delay(LookEvery, stopping))
        {
            var memory = ResidentMemory.Of(server.Id);
            _seen.Add((watch.Elapsed, memory));
            if (watch.Elapsed - told >= TellEvery)
            {
                told = watch.Elapsed;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{watch.Elapsed.TotalSeconds,5:0}  {memory.All,11:0}  {memory.Anonymous,6:0}  {memory.Code,7:0}  {memory.File,8:0}  {circuits.Renderings,10:#,0}  {_visits,6:#,0}  {server.Cpu.TotalSeconds,5:0}"));
            }
        }

        output.WriteLine();
    }

    private void Judge(LoadResult load, OpenCircuits circuits, IReadOnlyCollection<string> logged)
    {
        var (first, last) = (Median(1, 2), Median(2, 3));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of the middle third {first:0} MB, of the last {last:0} MB, at most {_seen.Max(s => s.Memory.All):0} MB; {load.Stored:#,0} messages, {circuits.Renderings:#,0} renderings, {_visits:#,0} visits"));
        output.WriteLine();
        _claims.AtMost("last third / middle third", last / first, 1.1);
        _claims.AtMost("memory at any time", _seen.Max(s => s.Memory.All), 550, "MB");
        foreach (var circuit in circuits.All)
        {
            Note(circuit);
        }

        foreach (var error in _errors.Distinct().Concat(logged))
        {
            output.WriteLine(error);
        }

        _claims.AtMost("circuits that failed", _errors.Count, 0);
        _claims.Print();
    }

    private double Median(int fromThird, int toThird)
    {
        var third = _seen.Count / 3;
        double[] sorted = [.. _seen.Skip(fromThird * third).Take((toThird - fromThird) * third).Select(s => s.Memory.All).Order()];
        return sorted[sorted.Length / 2];
    }

    private Task<LoadResult> SendAsync(double seconds, double rate, CancellationToken stopping)
    {
        var messages = seconds * rate;
        return LoadProcess.RunAsync(
            new LoadOptions
            {
                Port = options.Port,
                Token = ServerProcess.Token,
                Loggers = options.Loggers,
                StartUtc = DateTime.UtcNow - (FleetMessage.Interval * (2 + (messages * FleetMessage.Loggers / options.Loggers))),
                WarmUpSeconds = 0,
                Seconds = seconds,
                Rate = rate,
            },
            stopping);
    }
}
