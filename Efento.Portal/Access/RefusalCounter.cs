using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Counts requests that were rejected because of their token, path or form, per address and reason. IPv6 addresses are counted per /64,
/// because a sender has 2^64 of them. A known sender costs a look-up and an addition, without a lock. Counts are written now and then, so
/// that rejected requests hardly cost the disk anything.
/// </summary>
internal sealed class RefusalCounter(TimeProvider time)
{
    /// <summary>The most addresses that are counted and stored. Further ones are counted together as "others".</summary>
    public const int MostAddresses = 10_000;

    /// <summary>When room is needed, addresses without a request for this long are forgotten.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>The most addresses written in one turn at the write gate, so that no message waits for all of them.</summary>
    private const int Portion = 200;

    private const string Others = "others";

    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), SenderCounts> _senders = new();

    // The dictionary's own Count takes all of its locks.
    private int _size;

    /// <summary>How many are remembered.</summary>
    public int Size => Volatile.Read(ref _size);

    /// <summary>Counts one refusal.</summary>
    public void Count(IPAddress address, TokenCheck check)
    {
        var now = time.GetUtcNow();
        Find(SenderOf(address), check.Verdict, now).Again(check, now);
    }

    /// <summary>Loads the senders that were rejected within the last day, so that a restart forgets none.</summary>
    public async Task LoadAsync(PortalDbContext db, CancellationToken cancellationToken = default)
    {
        var since = time.GetUtcNow() - Remembered;
        await foreach (
            var refusal in db.Refusals.AsNoTracking()
                .Where(r => r.LastUtc >= since)
                .OrderByDescending(r => r.LastUtc)
                .Take(MostAddresses)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken))
        {
            if (_senders.TryAdd((refusal.Address, refusal.Reason), new SenderCounts(refusal.FirstUtc, refusal.LastUtc, refusal.Count)))
            {
                Interlocked.Increment(ref _size);
            }
        }
    }

    /// <summary>The senders rejected within this time, the last one first; from memory.</summary>
    public IReadOnlyList<RecentRefusal> Recent(TimeSpan within)
    {
        var since = time.GetUtcNow() - within;
        return
        [
            .. _senders.Select(k => k.Value.As(k.Key.Address, k.Key.Reason))
                .Where(r => r.LastUtc >= since)
                .OrderByDescending(r => r.LastUtc),
        ];
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        List<Due> due =
        [
            .. _senders.Select(k => new Due(k.Key.Address, k.Key.Reason, k.Value, k.Value.Count)).Where(d => d.Count > d.Of.Written)
        ];
        foreach (var portion in due.Chunk(Portion))
        {
            await FlushAsync(gate, portion, cancellationToken);
        }

        if (due.Count > 0)
        {
            await ForgetAsync(gate, cancellationToken);
        }
    }

    /// <summary>The name under which an address is counted.</summary>
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

    private SenderCounts Find(string address, TokenVerdict reason, DateTimeOffset now)
    {
        if (_senders.TryGetValue((address, reason), out var known))
        {
            return known;
        }

        var key = (Size < MostAddresses ? address : Others, reason);
        var first = new SenderCounts(now, now, count: 0);
        var found = _senders.GetOrAdd(key, first);
        if (ReferenceEquals(found, first))
        {
            Interlocked.Increment(ref _size);
        }

        return found;
    }

    private static async Task FlushAsync(WriteGate gate, Due[] due, CancellationToken cancellationToken)
    {
        await gate.WriteAsync(
            async db =>
            {
                foreach (var (address, reason, counts, count) in due)
                {
                    var refusal = await db.Refusals.SingleOrDefaultAsync(r => r.Address == address && r.Reason == reason, cancellationToken)
                        ?? db.Refusals.Add(new Refusal { Address = address, Reason = reason, FirstUtc = counts.FirstUtc }).Entity;
                    refusal.Count += count - counts.Written;
                    refusal.LastUtc = counts.LastUtc;
                }
            },
            cancellationToken);
        foreach (var (_, _, counts, count) in due)
        {
            counts.Written = count;
        }
    }

    /// <summary>Limits the addresses, so that a sender with ever new addresses fills neither memory nor disk.</summary>
    private async Task ForgetAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        if (Size >= MostAddresses)
        {
            var since = time.GetUtcNow() - Remembered;
            foreach (var old in _senders.Where(k => k.Value.LastUtc < since && k.Value.Count == k.Value.Written))
            {
                if (_senders.TryRemove(old))
                {
                    Interlocked.Decrement(ref _size);
                }
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

    private sealed record Due(string Address, TokenVerdict Reason, SenderCounts Of, long Count);

    /// <summary>
    /// The counts of one sender. Time, header and token may come from two requests that were rejected at the same instant.
    /// </summary>
    private sealed class SenderCounts(DateTimeOffset firstUtc, DateTimeOffset lastUtc, long count)
    {
        private long _count = count;
        private long _lastTicks = lastUtc.UtcTicks;
        private volatile string? _header;
        private volatile GatewayPass? _pass;
        private volatile string? _path;

        public long Count => Interlocked.Read(ref _count);

        /// <summary>How many of them are stored; used by the writing thread only.</summary>
        public long Written { get; set; } = count;

        public DateTimeOffset FirstUtc => firstUtc;

        public DateTimeOffset LastUtc => new(Volatile.Read(ref _lastTicks), TimeSpan.Zero);

        public void Again(in TokenCheck check, DateTimeOffset now)
        {
            Interlocked.Increment(ref _count);
            Volatile.Write(ref _lastTicks, now.UtcTicks);
            (_header, _pass, _path) = (check.Header, check.Pass, check.Path);
        }

        public RecentRefusal As(string address, TokenVerdict reason) =>
            new(address, reason, Count, LastUtc, _header, _pass?.TokenId, _path);
    }
}

/// <summary>A sender whose requests were rejected.</summary>
/// <param name="Address">The sender's IP address; for IPv6 its network, such as 2001:db8::/64.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number of rejected requests since it was first counted.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Header">The header that was missing or wrong in its last request.</param>
/// <param name="TokenId">The token that it sent; null if that is not a token of the portal.</param>
/// <param name="Path">The path of its last request, if the path or the message was wrong; unknown after a restart.</param>
public sealed record RecentRefusal(
    string Address, TokenVerdict Reason, long Count, DateTimeOffset LastUtc, string? Header = null, int? TokenId = null,
    string? Path = null)
{
    /// <summary>Whether another token would help.</summary>
    public bool IsForToken => Reason is not (TokenVerdict.WrongPath or TokenVerdict.Malformed or TokenVerdict.TooSlow);
}
