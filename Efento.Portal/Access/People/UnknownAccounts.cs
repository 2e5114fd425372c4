namespace Efento.Portal.Access;

/// <summary>
/// Locks names nobody has an account for just as accounts are locked: else a lock would tell who has one. In memory alone, so that guessing at
/// names costs the disk nothing.
/// </summary>
public sealed class UnknownAccounts(TimeProvider time)
{
    /// <summary>Names remembered; the one tried longest ago makes room.</summary>
    private const int MostNames = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _names = new(StringComparer.Ordinal);

    /// <summary>Until when a name takes no password; null if it does.</summary>
    public DateTimeOffset? LockedUntil(string name)
    {
        lock (_lock)
        {
            return _names.GetValueOrDefault(name)?.LockedUntil is { } until && until > time.GetUtcNow() ? until : null;
        }
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>Until when the name is locked now; null if it is not.</returns>
    public DateTimeOffset? Fail(string name)
    {
        lock (_lock)
        {
            if (_names.Count >= MostNames && !_names.ContainsKey(name))
            {
                _names.Remove(_names.MinBy(n => n.Value.LastUtc).Key);
            }

            var (now, failures) = (time.GetUtcNow(), 1 + (_names.GetValueOrDefault(name)?.Failures ?? 0));
            var until = now + Lockout.DelayAfter(failures);
            _names[name] = new Attempts(failures, until, now);
            return until;
        }
    }

    private sealed record Attempts(int Failures, DateTimeOffset? LockedUntil, DateTimeOffset LastUtc);
}
