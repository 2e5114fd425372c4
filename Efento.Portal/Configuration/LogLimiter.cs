using System.Collections.Concurrent;

namespace Efento.Portal.Configuration;

/// <summary>Allows one log line a minute for each kind of fault: ten thousand messages that fail the same way are one fault.</summary>
public sealed class LogLimiter(TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, long> _logged = new();

    /// <summary>Whether this kind of fault may be logged now.</summary>
    public bool IsDue(string kind)
    {
        var now = time.GetTimestamp();
        return _logged.TryGetValue(kind, out var last)
            ? time.GetElapsedTime(last, now) >= Every && _logged.TryUpdate(kind, now, last)
            : _logged.TryAdd(kind, now);
    }
}
