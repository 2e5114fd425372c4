namespace Efento.Portal.Ingest.Clock;

/// <summary>
/// Decides whether data may be deleted by the server's clock. It may not if the clock jumped relative to the process's own time, or if most
/// loggers contradict it, until a person confirms the clock. Thread-safe.
/// </summary>
internal sealed class ClockGuard(TimeProvider time)
{
    /// <summary>A smaller jump deletes nothing that would not be deleted soon anyway.</summary>
    private static readonly TimeSpan LargestJump = TimeSpan.FromDays(2);

    private readonly Lock _lock = new();
    private (DateTimeOffset Utc, long Timestamp) _base = (time.GetUtcNow(), time.GetTimestamp());
    private long? _contradictedByMs;

    /// <summary>The state to store. The object is replaced, never changed.</summary>
    internal ClockState State { get; private set; } = new();

    /// <summary>
    /// Why nothing is deleted by age until a person confirms the clock; null if nothing is wrong.
    /// </summary>
    public IngestFault? Why
    {
        get
        {
            lock (_lock)
            {
                return State is { JumpMs: { } jump, JumpedUtc: { } at } ? new ClockJumpedFault(TimeSpan.FromMilliseconds(jump), at)
                    : _contradictedByMs is { } by ? new ClockContradictedFault(TimeSpan.FromMilliseconds(by), time.GetUtcNow())
                    : null;
            }
        }
    }

    /// <summary>Checks whether the clock has jumped since the last check.</summary>
    /// <returns>The state to store; null if the clock did not jump.</returns>
    internal ClockState? CheckClock()
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

    /// <summary>Compares the clock with those of the loggers.</summary>
    /// <returns>The state to store; null if it has not changed.</returns>
    internal ClockState? Observe(DeviceWord word)
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

    /// <summary>Sets the state: at the start, and when a person has confirmed the clock.</summary>
    internal void Set(ClockState? state)
    {
        lock (_lock)
        {
            State = state ?? new ClockState();
            _base = (time.GetUtcNow(), time.GetTimestamp());
            _contradictedByMs = null;
        }
    }
}
