using System.Collections.Concurrent;
using HdrHistogram;

namespace Efento.Portal.Simulation;

/// <summary>Counts the messages and answers of gateways. Many gateways may share one tally.</summary>
public sealed class GatewayTally
{
    private const int ViolationsKept = 1_000;
    private const long LongestMicroseconds = 3_600_000_000;

    private readonly LongConcurrentHistogram _latencies = new(1, LongestMicroseconds, 3);
    private readonly ConcurrentDictionary<int, long> _otherStatuses = new();
    private readonly ConcurrentQueue<ProtocolViolation> _violations = new();
    private long _messages;
    private long _acknowledged;
    private long _busy;
    private long _noAnswer;
    private long _refused;
    private long _retries;
    private long _readings;
    private long _violationCount;

    /// <summary>Messages sent; a repeated message counts once.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages answered 201.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Answers 503.</summary>
    public long Busy => Interlocked.Read(ref _busy);

    /// <summary>Answers with another status than 201 and 503.</summary>
    public long Other => _otherStatuses.Values.Sum();

    /// <summary>The other answers by their status.</summary>
    public IReadOnlyDictionary<int, long> OtherStatuses => new SortedDictionary<int, long>(_otherStatuses);

    /// <summary>Attempts without an answer.</summary>
    public long NoAnswer => Interlocked.Read(ref _noAnswer);

    /// <summary>Replies refused because of their headers.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Attempts beyond the first of each message.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Readings answered 201.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Replies that broke the protocol.</summary>
    public long ViolationCount => Interlocked.Read(ref _violationCount);

    /// <summary>The first thousand violations.</summary>
    public IReadOnlyCollection<ProtocolViolation> Violations => _violations;

    /// <summary>
    /// The percentile (0–100) of the times from a request to the end of its reply.
    /// </summary>
    public TimeSpan Latency(double percentile) =>
        _latencies.TotalCount == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_latencies.GetValueAtPercentile(percentile));

    internal void CountMessage() => Interlocked.Increment(ref _messages);

    internal void CountRetry() => Interlocked.Increment(ref _retries);

    internal void Count(SendResult result)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Received:
                Interlocked.Increment(ref _acknowledged);
                Interlocked.Add(ref _readings, result.Message!.Readings);
                break;
            case SendOutcome.Busy:
                Interlocked.Increment(ref _busy);
                break;
            case SendOutcome.Refused:
                Interlocked.Increment(ref _refused);
                break;
            case SendOutcome.NoAnswer:
                Interlocked.Increment(ref _noAnswer);
                break;
            default:
                _otherStatuses.AddOrUpdate(result.Status, 1, static (_, count) => count + 1);
                break;
        }
    }

    internal void Count(ProtocolViolation violation)
    {
        if (Interlocked.Increment(ref _violationCount) <= ViolationsKept)
        {
            _violations.Enqueue(violation);
        }
    }

    internal void CountLatency(TimeSpan latency) =>
        _latencies.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds));
}
