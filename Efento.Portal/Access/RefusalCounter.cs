using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Counts who knocks with no token or a wrong one, per address; of IPv6 per /64, for each sender has 2^64 addresses. Written now and then,
/// so that knocking costs the disk nothing.
/// </summary>
public sealed class RefusalCounter(TimeProvider time)
{
    /// <summary>Addresses counted until they are written; more are counted together, under "others".</summary>
    private const int MostAddresses = 10_000;

    /// <summary>Addresses written in one turn at the gate, so that no message waits for all of them.</summary>
    private const int Portion = 200;

    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), (long Count, DateTimeOffset FirstUtc, DateTimeOffset LastUtc)> _counts = new();

    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), RecentRefusal> _recent = new();

    /// <summary>Counts one refusal.</summary>
    public void Count(IPAddress address, TokenVerdict reason)
    {
        var now = time.GetUtcNow();
        var key = _counts.Count < MostAddresses ? (SenderOf(address), reason) : ("others", reason);
        _counts.AddOrUpdate(key, (1, now, now), (_, counted) => (counted.Count + 1, counted.FirstUtc, now));
        var known = _recent.Count < MostAddresses || _recent.ContainsKey(key) ? key : ("others", reason);
        _recent.AddOrUpdate(known, k => new(k.Address, k.Reason, 1, now), (_, seen) => seen with { Count = seen.Count + 1, LastUtc = now });
    }

    /// <summary>Who was refused within this time, the last one first, counted since the start; from memory.</summary>
    public IReadOnlyList<RecentRefusal> Recent(TimeSpan within)
    {
        var since = time.GetUtcNow() - within;
        return [.. _recent.Values.Where(r => r.LastUtc >= since).OrderByDescending(r => r.LastUtc)];
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        foreach (var portion in _counts.ToArray().Chunk(Portion))
        {
            await FlushAsync(gate, portion, cancellationToken);
        }
    }

    private static string SenderOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    private async Task FlushAsync(
        WriteGate gate,
        KeyValuePair<(string Address, TokenVerdict Reason), (long Count, DateTimeOffset FirstUtc, DateTimeOffset LastUtc)>[] taken,
        CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            async db =>
            {
                foreach (var (key, counted) in taken)
                {
                    var refusal = await db.Refusals.SingleOrDefaultAsync(r => r.Address == key.Address && r.Reason == key.Reason, cancellationToken)
                        ?? db.Refusals.Add(new Refusal { Address = key.Address, Reason = key.Reason, FirstUtc = counted.FirstUtc }).Entity;
                    refusal.Count += counted.Count;
                    refusal.LastUtc = counted.LastUtc;
                }
            },
            cancellationToken);
        foreach (var (key, counted) in taken)
        {
            // What was counted meanwhile stays for the next time.
            if (!_counts.TryRemove(new(key, counted)))
            {
                _counts.AddOrUpdate(key, counted, (_, more) => (more.Count - counted.Count, counted.LastUtc, more.LastUtc));
            }
        }
    }
}

/// <summary>A sender that was refused because of its token.</summary>
/// <param name="Address">The sender's IP address; of IPv6 its network, such as 2001:db8::/64.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often since the start.</param>
/// <param name="LastUtc">The last time.</param>
public sealed record RecentRefusal(string Address, TokenVerdict Reason, long Count, DateTimeOffset LastUtc);
