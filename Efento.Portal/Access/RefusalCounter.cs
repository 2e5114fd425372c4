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
    /// <summary>Addresses counted until they are written, and kept in the database; more are counted together, under "others".</summary>
    public const int MostAddresses = 10_000;

    /// <summary>Refusals of an address within a minute after which it is hung up on.</summary>
    public const int MostPerMinute = 120;

    /// <summary>Addresses that did not come again for this long are forgotten when room is needed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Addresses written in one turn at the gate, so that no message waits for all of them.</summary>
    private const int Portion = 200;

    private const string Others = "others";

    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), (long Count, DateTimeOffset FirstUtc, DateTimeOffset LastUtc)> _counts = new();
    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), Knocking> _recent = new();

    /// <summary>How many are remembered.</summary>
    public int Size => Math.Max(_counts.Count, _recent.Count);

    /// <summary>Counts one refusal.</summary>
    /// <returns>Whether the address knocks so often that it is best hung up on.</returns>
    public bool Count(IPAddress address, TokenCheck check)
    {
        var now = time.GetUtcNow();
        var key = (SenderOf(address), check.Verdict);
        var counted = _counts.Count < MostAddresses || _counts.ContainsKey(key) ? key : (Others, check.Verdict);
        _counts.AddOrUpdate(counted, (1, now, now), (_, before) => (before.Count + 1, before.FirstUtc, now));
        var known = _recent.Count < MostAddresses || _recent.ContainsKey(key) ? key : (Others, check.Verdict);
        return _recent.AddOrUpdate(known, _ => Knocking.First(check, now), (_, before) => before.Again(check, now)).InMinute > MostPerMinute && known == key;
    }

    /// <summary>Who was refused within this time, the last one first, counted since the start; from memory.</summary>
    public IReadOnlyList<RecentRefusal> Recent(TimeSpan within)
    {
        var since = time.GetUtcNow() - within;
        return
        [
            .. _recent.Where(r => r.Value.LastUtc >= since).OrderByDescending(r => r.Value.LastUtc).Select(r =>
                new RecentRefusal(r.Key.Address, r.Key.Reason, r.Value.Count, r.Value.LastUtc, r.Value.Header, r.Value.TokenId)),
        ];
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        var taken = _counts.ToArray();
        foreach (var portion in taken.Chunk(Portion))
        {
            await FlushAsync(gate, portion, cancellationToken);
        }

        if (taken.Length > 0)
        {
            await ForgetAsync(gate, cancellationToken);
        }
    }

    /// <summary>Under which name an address is counted.</summary>
    public static string SenderOf(IPAddress address)
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

    /// <summary>Whoever knocks from ever new addresses fills neither the memory nor the disk.</summary>
    private async Task ForgetAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        if (_recent.Count >= MostAddresses)
        {
            var since = time.GetUtcNow() - Remembered;
            foreach (var old in _recent.Where(r => r.Value.LastUtc < since))
            {
                _recent.TryRemove(old);
            }
        }

        await gate.WriteAsync(
            async db =>
            {
                if (await db.Refusals.CountAsync(cancellationToken) > MostAddresses)
                {
                    await db.Refusals.OrderByDescending(r => r.LastUtc).Skip(MostAddresses).ExecuteDeleteAsync(cancellationToken);
                }
            },
            cancellationToken);
    }

    private sealed record Knocking(long Count, DateTimeOffset LastUtc, string? Header, int? TokenId, DateTimeOffset MinuteUtc, int InMinute)
    {
        public static Knocking First(TokenCheck check, DateTimeOffset now) => new(1, now, check.Header, check.Pass?.TokenId, now, 1);

        public Knocking Again(TokenCheck check, DateTimeOffset now) =>
            now - MinuteUtc < TimeSpan.FromMinutes(1)
                ? new(Count + 1, now, check.Header, check.Pass?.TokenId, MinuteUtc, InMinute + 1)
                : new(Count + 1, now, check.Header, check.Pass?.TokenId, now, 1);
    }
}

/// <summary>A sender that was refused because of its token.</summary>
/// <param name="Address">The sender's IP address; of IPv6 its network, such as 2001:db8::/64.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often since the start.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Header">The header that was missing or wrong the last time.</param>
/// <param name="TokenId">The token it was; null if it is none.</param>
public sealed record RecentRefusal(string Address, TokenVerdict Reason, long Count, DateTimeOffset LastUtc, string? Header = null, int? TokenId = null);
