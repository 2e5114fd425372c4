using System.Globalization;

namespace Efento.Portal.Ingest;

/// <summary>
/// Whether the server's clock may decide what is deleted: not after it jumped against the process's own time, and not while most loggers
/// contradict it, until a person confirms it. Safe for several threads.
/// </summary>
public sealed class ClockGuard(TimeProvider time)
{
    /// <summary>A smaller jump deletes nothing that would not have been deleted soon.</summary>
    private static readonly TimeSpan LargestJump = TimeSpan.FromDays(2);

    private readonly Lock _lock = new();
    private (DateTimeOffset Utc, long Timestamp) _base = (time.GetUtcNow(), time.GetTimestamp());
    private long? _contradictedByMs;

    /// <summary>What is kept of it; replaced, never changed.</summary>
    internal ClockState State { get; private set; } = new();

    /// <summary>Why nothing is deleted by age until a person confirms the clock, in the language spoken; null if nothing is wrong.</summary>
    public string? Why
    {
        get
        {
            lock (_lock)
            {
                return State is { JumpMs: { } jump, JumpedUtc: { } at } ? IngestText.ClockJumped(Days(jump), Written(at))
                    : _contradictedByMs is { } by ? IngestText.ClockContradicted(Written(time.GetUtcNow()), Days(by))
                    : null;
            }
        }
    }

    /// <summary>Looks whether the clock jumped since the last look.</summary>
    /// <returns>What is to be kept then; null if it did not.</returns>
    internal ClockState? Look()
    {
        lock (_lock)
        {
            var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
            var jump = now - _base.Utc - time.GetElapsedTime(_base.Timestamp, timestamp);
            if (jump.Duration() <= LargestJump)
            {
                return null;
            }

            _base = (now, timestamp);
            return State = new ClockState
            {
                JumpMs = (State.JumpMs ?? 0) + (long)jump.TotalMilliseconds,
                JumpedUtc = now,
                AcceptedDelayMs = State.AcceptedDelayMs,
                IsDelayToBeTaken = State.IsDelayToBeTaken,
            };
        }
    }

    /// <summary>Takes what loggers say.</summary>
    /// <returns>What is to be kept then; null if nothing has changed.</returns>
    internal ClockState? Hear(DeviceWord word)
    {
        lock (_lock)
        {
            if (word.ConfirmedMs is null)
            {
                return null;
            }

            var isTaken = State.IsDelayToBeTaken;
            if (isTaken)
            {
                State = new ClockState { JumpMs = State.JumpMs, JumpedUtc = State.JumpedUtc, AcceptedDelayMs = word.UsualDelayMs };
            }

            _contradictedByMs = word.Disagrees(State.AcceptedDelayMs) ? word.UsualDelayMs : null;
            return isTaken ? State : null;
        }
    }

    /// <summary>Takes what is kept: at the start, and once a person has confirmed the clock.</summary>
    internal void Set(ClockState? state)
    {
        lock (_lock)
        {
            State = state ?? new ClockState();
            _base = (time.GetUtcNow(), time.GetTimestamp());
            _contradictedByMs = null;
        }
    }

    private static string Written(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Days(long ms) => TimeSpan.FromMilliseconds(Math.Abs(ms)).TotalDays.ToString("0", CultureInfo.InvariantCulture);
}
