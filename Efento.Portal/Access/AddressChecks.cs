using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Efento.Portal.Access;

/// <summary>
/// Checks whether an address leads here. The administrator's browser opens the address with a code that only this portal knows. If the
/// visit arrives, the address leads to this portal. The portal itself connects to nothing.
/// </summary>
internal sealed class AddressChecks(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Action<AddressVisit>> _open = new(StringComparer.Ordinal);

    /// <summary>Begins a check, which is open until it is ended.</summary>
    /// <param name="arrived">Called for each visit, on any thread. It must not throw.</param>
    /// <returns>Its code.</returns>
    public string Begin(Action<AddressVisit> arrived)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _open[code] = arrived;
        return code;
    }

    /// <summary>Ends a check.</summary>
    public void End(string code) => _open.TryRemove(code, out _);

    /// <summary>Notes a visit.</summary>
    /// <param name="code">The code in its address.</param>
    /// <param name="origin">How the portal was addressed, such as https://portal.example.com.</param>
    /// <returns>Whether the check is open.</returns>
    public bool Visit(string code, string origin)
    {
        var isOpen = _open.TryGetValue(code, out var arrived);
        arrived?.Invoke(new AddressVisit(time.GetUtcNow(), origin));
        return isOpen;
    }

    /// <summary>The path that a check visits, without a slash before it.</summary>
    public static string PathOf(string code) => $"address-check/{code}";
}

/// <summary>A visit that arrived.</summary>
/// <param name="AtUtc">When it did.</param>
/// <param name="Origin">How the portal was addressed. A proxy may have changed that.</param>
internal sealed record AddressVisit(DateTimeOffset AtUtc, string Origin);
