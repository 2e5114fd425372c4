using System.Security.Cryptography;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// What prerendered pages have shown, until their circuits fetch it. Each entry is given once, to the same person at the same address,
/// and is dropped after <see cref="Longest"/>. When the shelf is full, the oldest entry is dropped.
/// </summary>
public sealed class HandoverShelf(TimeProvider clock)
{
    /// <summary>The most entries.</summary>
    internal const int Most = 50;

    /// <summary>How long an entry is kept: a slow browser loads the scripts before it starts the circuit.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly OrderedDictionary<string, Entry> _entries = [];
    private readonly Lock _turn = new();

    /// <summary>How many entries there are.</summary>
    internal int Count
    {
        get
        {
            lock (_turn)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Keeps what was shown.</summary>
    /// <returns>The key to fetch it.</returns>
    public string Put(HandoverOwner owner, IReadOnlyDictionary<Type, IReadOnlyList<object?>> shown)
    {
        var key = RandomNumberGenerator.GetHexString(32);
        lock (_turn)
        {
            if (_entries.Count == Most)
            {
                Remove(_entries.GetAt(0).Key);
            }

            _entries.Add(key, new(owner, shown, clock.CreateTimer(_ => Drop(key), null, Longest, Timeout.InfiniteTimeSpan)));
        }

        return key;
    }

    /// <summary>Gives what is kept under the key, and drops it.</summary>
    /// <returns>Nothing if there is none or it is somebody else's.</returns>
    public IReadOnlyDictionary<Type, IReadOnlyList<object?>> Take(string key, HandoverOwner owner)
    {
        lock (_turn)
        {
            return Remove(key) is { } entry && entry.Owner == owner ? entry.Shown : new Dictionary<Type, IReadOnlyList<object?>>();
        }
    }

    private void Drop(string key)
    {
        lock (_turn)
        {
            Remove(key);
        }
    }

    private Entry? Remove(string key)
    {
        _entries.Remove(key, out var entry);
        entry?.End.Dispose();
        return entry;
    }

    private sealed record Entry(HandoverOwner Owner, IReadOnlyDictionary<Type, IReadOnlyList<object?>> Shown, ITimer End);
}

/// <summary>Who was shown something, and where.</summary>
/// <param name="Person">The person's session and rights.</param>
/// <param name="Page">The page's address within the portal.</param>
public sealed record HandoverOwner(string Person, string Page);
