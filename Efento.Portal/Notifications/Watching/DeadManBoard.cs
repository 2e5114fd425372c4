using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Sending;

namespace Efento.Portal.Notifications.Watching;

/// <summary>How the calls of the dead-man address fare, in memory. Thread-safe for those who only read.</summary>
internal sealed class DeadManBoard
{
    private volatile DeadManState? _state;
    private OpenedWatching? _of;

    /// <summary>How they fare; null without an address.</summary>
    public DeadManState? State => _state;

    /// <summary>Begins anew if the address or its settings are others than before: a call is due at once.</summary>
    public DeadManState For(OpenedWatching watching, DateTimeOffset now)
    {
        if (_state is not { } state || _of is not { } before || !AreSame(before, watching))
        {
            _state = state = new DeadManState(now);
        }

        _of = watching;
        return state;
    }

    /// <summary>There is no address.</summary>
    public void Forget() => (_state, _of) = (null, null);

    /// <summary>Notes that a call stayed out. It is due still.</summary>
    public void Hold(WatchFault fault, DateTimeOffset now) =>
        _state = _state! with { Held = fault, HeldSinceUtc = _state!.HeldSinceUtc ?? now };

    /// <summary>Notes what became of a call. One that failed is made again soon.</summary>
    public void Take(SendResult result, DateTimeOffset now, TimeSpan every, double chance)
    {
        var state = _state! with { Held = null, HeldSinceUtc = null };
        var again = BackOff.After(state.Failures + 1, chance);
        _state = result.Outcome is SendOutcome.Accepted
            ? new DeadManState(now + every) { CalledUtc = now, Answer = result.Answer }
            : state with
            {
                NextUtc = now + (again < every ? again : every),
                Failures = state.Failures + 1,
                FailingSinceUtc = state.FailingSinceUtc ?? now,
                FailureAnswer = result.Answer,
            };
    }

    private static bool AreSame(OpenedWatching one, OpenedWatching other) =>
        (one.Url, one.Row.CallIsPost, one.Row.CallEveryMs, one.Row.CallAllowsPrivateNetworks)
        == (other.Url, other.Row.CallIsPost, other.Row.CallEveryMs, other.Row.CallAllowsPrivateNetworks);
}
