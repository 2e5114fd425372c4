using System.Net;

namespace Efento.Portal.Access;

/// <summary>
/// Keeps whoever guesses at passwords waiting: an address (of IPv6 a /64), a browser or a session, for the account it failed at alone. So nobody who knows an
/// e-mail address can keep its owner out. Names nobody has an account for are treated alike, or a lock would tell who has one. In memory, by a clock that
/// never steps.
/// </summary>
public sealed class SignInLocks(TimeProvider time)
{
    /// <summary>Wrong passwords in a row that cost nothing.</summary>
    private const int FreeAttempts = 5;

    /// <summary>Pairs of account and sender remembered; the one with the fewest failures makes room.</summary>
    private const int MostPairs = 10_000;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Sender), Attempts> _pairs = [];

    /// <summary>Under which name an address is kept waiting.</summary>
    public static string SenderOf(string address) => IPAddress.TryParse(address, out var ip) ? RefusalCounter.SenderOf(ip) : address;

    /// <summary>Until when an account takes no password of a sender; null if it does.</summary>
    public DateTimeOffset? Until(string name, string sender)
    {
        lock (_lock)
        {
            return _pairs.TryGetValue((name, sender), out var attempts) ? UntilOf(attempts) : null;
        }
    }

    /// <summary>Until when the longest waits of those who failed at an account; null if nobody does.</summary>
    public DateTimeOffset? Longest(string name)
    {
        lock (_lock)
        {
            return _pairs.Where(pair => pair.Key.Name == name).Max(pair => UntilOf(pair.Value));
        }
    }

    /// <summary>Counts a wrong password.</summary>
    /// <returns>Until when the account takes no further one of this sender; null if it does.</returns>
    public DateTimeOffset? Fail(string name, string sender)
    {
        lock (_lock)
        {
            var failures = 1 + (_pairs.TryGetValue((name, sender), out var before) ? before.Failures : 0);
            if (before is null && _pairs.Count >= MostPairs)
            {
                _pairs.Remove(_pairs.MinBy(pair => (pair.Value.Failures, pair.Value.LastAt)).Key);
            }

            var attempts = new Attempts(failures, time.GetTimestamp());
            _pairs[(name, sender)] = attempts;
            return UntilOf(attempts);
        }
    }

    /// <summary>Forgets the failures of a sender: the right password came.</summary>
    public void Forget(string name, string sender)
    {
        lock (_lock)
        {
            _pairs.Remove((name, sender));
        }
    }

    /// <summary>Forgets everybody's failures at an account: it has a new password.</summary>
    public void Forget(string name)
    {
        lock (_lock)
        {
            foreach (var pair in _pairs.Keys.Where(pair => pair.Name == name).ToList())
            {
                _pairs.Remove(pair);
            }
        }
    }

    private DateTimeOffset? UntilOf(Attempts attempts)
    {
        if (attempts.Failures < FreeAttempts)
        {
            return null;
        }

        var left = DelayAfter(attempts.Failures) - time.GetElapsedTime(attempts.LastAt);
        return left > TimeSpan.Zero ? time.GetUtcNow() + left : null;
    }

    private static TimeSpan DelayAfter(int failures)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Min(failures - FreeAttempts, 12));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private sealed record Attempts(int Failures, long LastAt);
}
