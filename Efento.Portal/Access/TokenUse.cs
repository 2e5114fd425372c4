namespace Efento.Portal.Access;

/// <summary>
/// When and from where a token was last used. Noted with every request, without a lock; written to the database now and then.
/// </summary>
public sealed class TokenUse(DateTimeOffset? lastUsedUtc, string? address)
{
    private const long Minute = 60_000;

    private long _lastMs = lastUsedUtc?.ToUnixTimeMilliseconds() ?? 0;
    private volatile string? _address = address;
    private (long Minute, string? Address) _written = ((lastUsedUtc?.ToUnixTimeMilliseconds() ?? 0) / Minute, address);

    /// <summary>When; null if never.</summary>
    public DateTimeOffset? LastUsedUtc => Volatile.Read(ref _lastMs) is > 0 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>The IP address it was used from.</summary>
    public string? Address => _address;

    /// <summary>The use to be stored, if its minute or address differs from the stored one; otherwise null.</summary>
    internal (long Minute, string? Address)? Due =>
        (Volatile.Read(ref _lastMs) / Minute, _address) is var now && now != _written ? now : null;

    /// <summary>Notes a use.</summary>
    public void Note(long ms, string address)
    {
        Volatile.Write(ref _lastMs, ms);
        _address = address;
    }

    /// <summary>Notes that the pending use was stored.</summary>
    internal void Written((long Minute, string? Address) use) => _written = use;
}
