using System.Collections.Concurrent;

namespace Efento.Portal.Configuration;

/// <summary>
/// Limits the log lines of the framework. Many of its warnings are caused by unknown senders. Five lines of each kind are written per
/// minute, then the number of lines left out. The portal limits its own lines where it writes them (<see cref="LogLimiter"/>).
/// </summary>
internal sealed partial class LimitedLoggers(LoggerFactory loggers, TimeProvider time) : ILoggerFactory
{
    private const string OfFramework = "Microsoft.";
    private readonly ConcurrentDictionary<string, ILogger> _limited = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith(OfFramework, StringComparison.Ordinal)
        ? _limited.GetOrAdd(categoryName, category => new Limited(loggers.CreateLogger(category), time))
        : loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => loggers.Dispose();

    private sealed partial class Limited(ILogger log, TimeProvider time) : ILogger
    {
        private const int MostAMinute = 5;
        private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
        private readonly ConcurrentDictionary<int, Kind> _kinds = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel is not (LogLevel.Warning or LogLevel.Error))
            {
                log.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            if (!log.IsEnabled(logLevel) || !_kinds.GetOrAdd(eventId.Id, _ => new Kind()).IsDue(time, out var leftOut))
            {
                return;
            }

            if (leftOut > 0)
            {
                LogLeftOut(log, leftOut);
            }

            log.Log(logLevel, eventId, state, exception, formatter);
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} lines like the next one were left out before it")]
        private static partial void LogLeftOut(ILogger log, int count);

        /// <summary>Counts one kind of line within its present minute.</summary>
        private sealed class Kind
        {
            private readonly Lock _lock = new();
            private long? _begun;
            private int _count;

            public bool IsDue(TimeProvider time, out int leftOut)
            {
                lock (_lock)
                {
                    leftOut = 0;
                    var now = time.GetTimestamp();
                    if (_begun is not { } begun || time.GetElapsedTime(begun, now) >= Minute)
                    {
                        leftOut = Math.Max(0, _count - MostAMinute);
                        (_begun, _count) = (now, 0);
                    }

                    return ++_count <= MostAMinute;
                }
            }
        }
    }
}
