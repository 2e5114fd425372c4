using System.Net;

namespace Efento.Portal.Access;

/// <summary>
/// Makes senders of wrong passwords wait. A lock holds for one sender (an address, for IPv6 a /64; a browser; or a session) and one
/// account, so that an attacker who knows an e-mail address can't lock its owner out. Names without an account are treated the same;
/// otherwise a lock would reveal which accounts exist. Kept in memory, by a monotonic clock.
/// </summary>
internal sealed class SignInLocks(TimeProvider time)
{
    /// <summary>The number of wrong passwords in a row without a wait.</summary>
    private const int FreeAttempts = 5;

    /// <summary>The most pairs of account and sender in memory. The pair with the fewest failures is dropped first.</summary>
    private const int MostPairs = 10_000;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Sender), Attempts> _pairs = [];

    /// <summary>The name under which an address is locked.</summary>
    public static string SenderOf(string address) => IPAddress.TryParse(address, out var ip) ? RefusalCounter.SenderOf(ip) : address;

    /// <summary>Until when a sender is locked for an account; null if it is not.</summary>
    public DateTimeOffset? Until(string name, string sender)
    {
        lock (_lock)
        {
            return _pairs.TryGetValue((name, sender), out var attempts) ? UntilOf(attempts) : null;
        }
    }

    /// <summary>The latest end of the locks for an account; null if there is none.</summary>
    public DateTimeOffset? Longest(string name)
    {
        lock (_lock)
        {
            return _pairs.Where(pair => pair.Key.Name == name).Max(pair => UntilOf(pair.Value));
        }
    }

    /// <summary>Counts a wrong password.</summary>
    /// <returns>Until when this sender is locked for the account; null if it is not.</returns>
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

    /// <summary>Forgets the failures of a sender after a right password.</summary>
    public void Forget(string name, string sender)
    {
        lock (_lock)
        {
            _pairs.Remove((name, sender));
        }
    }

    /// <summary>Forgets the failures of all senders at an account after its password was changed.</summary>
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
