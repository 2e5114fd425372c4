using System.Diagnostics;
using HdrHistogram;

namespace Efento.Portal.Benchmarks.Load;

/// <summary>
/// One run of the load generator: a closed loop (each connection sends when its answer is there) or an open one (requests are due at even
/// distances whatever the server does; latency counts from when a request was due, so a stall is felt by everything it delays).
/// </summary>
internal sealed class LoadRun
{
    private readonly LoadOptions _options;
    private readonly Lock _lock = new();
    private readonly Queue<LoadConnection> _idle = new();
    private readonly Queue<long> _due = new();
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly long _countFrom;
    private readonly long _end;
    private volatile bool _isBroken;

    private LoadRun(LoadOptions options)
    {
        _options = options;
        _countFrom = _begin + (long)(options.WarmUpSeconds * Stopwatch.Frequency);
        _end = _countFrom + (long)(options.Seconds * Stopwatch.Frequency);
    }

    /// <summary>Runs and measures.</summary>
    /// <exception cref="InvalidOperationException">The server closed a connection.</exception>
    public static LoadResult Execute(LoadOptions options)
    {
        var messages = Enumerable.Range(0, options.Loggers / FleetMessage.Loggers)
            .Select(
                number => new FleetMessage(number, options.StartUtc, $"127.0.0.1:{options.Port}", "/api/v4/measurements", options.Token))
            .ToArray();
        var run = new LoadRun(options);
        var lines = Math.Min(LoadOptions.Connections, messages.Length);
        var connections = Enumerable.Range(0, lines)
            .Select(c => new LoadConnection(run, [.. messages.Where((_, number) => number % lines == c)], options.Port))
            .ToArray();
        if (options.Rate > 0)
        {
            run.Pace(connections);
        }
        else
        {
            run.Circulate(connections);
        }

        // What is under way is awaited, so that what was stored can be compared with what was answered.
        run.AwaitIdle(connections.Length);
        var result = run.Result(connections, messages);
        Array.ForEach(connections, connection => connection.Dispose());
        return result;
    }

    /// <summary>Whether an answer at <paramref name="now"/> counts.</summary>
    public bool IsCounted(long now) => now >= _countFrom && now < _end;

    /// <summary>What a connection that has its answer sends next, and since when that is due; false if it has to wait.</summary>
    public bool TryGetNext(LoadConnection connection, out long since)
    {
        since = Stopwatch.GetTimestamp();
        if (_options.Rate <= 0 && since < _end)
        {
            return true;
        }

        lock (_lock)
        {
            if (_due.TryDequeue(out since))
            {
                return true;
            }

            _idle.Enqueue(connection);
            return false;
        }
    }

    /// <summary>The server closed a connection.</summary>
    public void Broken() => _isBroken = true;

    private void Circulate(LoadConnection[] connections)
    {
        foreach (var connection in connections)
        {
            connection.Start(Stopwatch.GetTimestamp());
        }

        Thread.Sleep(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _end));
    }

    private void Pace(LoadConnection[] connections)
    {
        Array.ForEach(connections, _idle.Enqueue);
        var distance = Stopwatch.Frequency / _options.Rate;
        long made = 0;
        for (var now = _begin; now < _end && !_isBroken; now = Stopwatch.GetTimestamp())
        {
            for (; _begin + (long)(made * distance) <= now; made++)
            {
                Send(_begin + (long)(made * distance));
            }

            Thread.Sleep(1);
        }
    }

    private void Send(long due)
    {
        LoadConnection? connection;
        lock (_lock)
        {
            if (!_idle.TryDequeue(out connection))
            {
                _due.Enqueue(due);
                return;
            }
        }

        connection.Start(due);
    }

    private void AwaitIdle(int connections)
    {
        var patience = Stopwatch.StartNew();
        while (!_isBroken && patience.Elapsed < TimeSpan.FromSeconds(30))
        {
            lock (_lock)
            {
                if (_idle.Count == connections)
                {
                    return;
                }
            }

            Thread.Sleep(5);
        }

        throw new InvalidOperationException(_isBroken ? "The server closed a connection." : "The server did not answer within 30 s.");
    }

    private LoadResult Result(LoadConnection[] connections, FleetMessage[] messages)
    {
        var latencies = new LongHistogram(connections[0].Latencies.HighestTrackableValue, 3);
        Array.ForEach(connections, connection => latencies.Add(connection.Latencies));
        return new LoadResult(
            latencies.TotalCount,
            connections.Sum(c => c.Unavailable),
            connections.Sum(c => c.Unexpected),
            latencies.TotalCount / _options.Seconds,
            latencies.GetValueAtPercentile(50) / 1000d,
            latencies.GetValueAtPercentile(99) / 1000d,
            latencies.GetValueAtPercentile(100) / 1000d,
            connections.Sum(c => c.Stored),
            messages.Max(m => m.Cycle),
            Environment.CpuUsage.TotalTime.TotalSeconds);
    }
}
