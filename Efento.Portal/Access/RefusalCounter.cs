using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Efento.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Access;

/// <summary>
/// Counts messages that were refused, for their token, their path or their form, per address and reason; of IPv6 per /64, for each sender has
/// 2^64 addresses. A sender that is counted already costs a look-up and an addition, without a lock; counts are written now and then, so that
/// refusals cost the disk nothing.
/// </summary>
public sealed class RefusalCounter(TimeProvider time)
{
    /// <summary>Addresses counted, and kept in the database; more are counted together, under "others".</summary>
    public const int MostAddresses = 10_000;

    /// <summary>Addresses that did not come again for this long are forgotten when room is needed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Addresses written in one turn at the gate, so that no message waits for all of them.</summary>
    private const int Portion = 200;

    private const string Others = "others";

    private readonly ConcurrentDictionary<(string Address, TokenVerdict Reason), Knocking> _knocking = new();

    // The dictionary's own count takes all of its locks.
    private int _size;

    /// <summary>How many are remembered.</summary>
    public int Size => Volatile.Read(ref _size);

    /// <summary>Counts one refusal.</summary>
    public void Count(IPAddress address, TokenCheck check)
    {
        var now = time.GetUtcNow();
        Find(SenderOf(address), check.Verdict, now).Again(check, now);
    }

    /// <summary>Reads who knocked within the last day: a restart makes nobody forgotten.</summary>
    public async Task LoadAsync(PortalDbContext db, CancellationToken cancellationToken = default)
    {
        var since = time.GetUtcNow() - Remembered;
        await foreach (var refusal in db.Refusals.AsNoTracking().Where(r => r.LastUtc >= since).OrderByDescending(r => r.LastUtc).Take(MostAddresses).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (_knocking.TryAdd((refusal.Address, refusal.Reason), new Knocking(refusal.FirstUtc, refusal.LastUtc, refusal.Count)))
            {
                Interlocked.Increment(ref _size);
            }
        }
    }

    /// <summary>Who was refused within this time, the last one first; from memory.</summary>
    public IReadOnlyList<RecentRefusal> Recent(TimeSpan within)
    {
        var since = time.GetUtcNow() - within;
        return
        [
            .. _knocking.Select(k => k.Value.As(k.Key.Address, k.Key.Reason)).Where(r => r.LastUtc >= since).OrderByDescending(r => r.LastUtc),
        ];
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        List<Due> due = [.. _knocking.Select(k => new Due(k.Key.Address, k.Key.Reason, k.Value, k.Value.Count)).Where(d => d.Count > d.Of.Written)];
        foreach (var portion in due.Chunk(Portion))
        {
            await FlushAsync(gate, portion, cancellationToken);
        }

        if (due.Count > 0)
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

    private Knocking Find(string address, TokenVerdict reason, DateTimeOffset now)
    {
        if (_knocking.TryGetValue((address, reason), out var known))
        {
            return known;
        }

        var key = (Size < MostAddresses ? address : Others, reason);
        var first = new Knocking(now, now, count: 0);
        var found = _knocking.GetOrAdd(key, first);
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
                foreach (var (address, reason, knocking, count) in due)
                {
                    var refusal = await db.Refusals.SingleOrDefaultAsync(r => r.Address == address && r.Reason == reason, cancellationToken)
                        ?? db.Refusals.Add(new Refusal { Address = address, Reason = reason, FirstUtc = knocking.FirstUtc }).Entity;
                    refusal.Count += count - knocking.Written;
                    refusal.LastUtc = knocking.LastUtc;
                }
            },
            cancellationToken);
        foreach (var (_, _, knocking, count) in due)
        {
            knocking.Written = count;
        }
    }

    /// <summary>Whoever knocks from ever new addresses fills neither the memory nor the disk.</summary>
    private async Task ForgetAsync(WriteGate gate, CancellationToken cancellationToken)
    {
        if (Size >= MostAddresses)
        {
            var since = time.GetUtcNow() - Remembered;
            foreach (var old in _knocking.Where(k => k.Value.LastUtc < since && k.Value.Count == k.Value.Written))
            {
                if (_knocking.TryRemove(old))
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

    private sealed record Due(string Address, TokenVerdict Reason, Knocking Of, long Count);

    /// <summary>What is known of one sender. Time, header and token may be of two refusals of the same instant.</summary>
    private sealed class Knocking(DateTimeOffset firstUtc, DateTimeOffset lastUtc, long count)
    {
        private long _count = count;
        private long _lastTicks = lastUtc.UtcTicks;
        private volatile string? _header;
        private volatile GatewayPass? _pass;
        private volatile string? _path;

        public long Count => Interlocked.Read(ref _count);

        /// <summary>How many of them are in the database; the one who writes knows.</summary>
        public long Written { get; set; } = count;

        public DateTimeOffset FirstUtc => firstUtc;

        public DateTimeOffset LastUtc => new(Volatile.Read(ref _lastTicks), TimeSpan.Zero);

        public void Again(in TokenCheck check, DateTimeOffset now)
        {
            Interlocked.Increment(ref _count);
            Volatile.Write(ref _lastTicks, now.UtcTicks);
            (_header, _pass, _path) = (check.Header, check.Pass, check.Path);
        }

        public RecentRefusal As(string address, TokenVerdict reason) => new(address, reason, Count, LastUtc, _header, _pass?.TokenId, _path);
    }
}

/// <summary>A sender that was refused.</summary>
/// <param name="Address">The sender's IP address; of IPv6 its network, such as 2001:db8::/64.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often, since it was first counted.</param>
/// <param name="LastUtc">The last time.</param>
/// <param name="Header">The header that was missing or wrong the last time.</param>
/// <param name="TokenId">The token it was; null if it is none.</param>
/// <param name="Path">The path it was the last time, where that or the message is wrong; unknown after a restart.</param>
public sealed record RecentRefusal(string Address, TokenVerdict Reason, long Count, DateTimeOffset LastUtc, string? Header = null, int? TokenId = null, string? Path = null)
{
    /// <summary>Whether another token would help.</summary>
    public bool IsForToken => Reason is not (TokenVerdict.WrongPath or TokenVerdict.Malformed or TokenVerdict.TooSlow);
}
