using System.Collections.Concurrent;
using System.Collections.Frozen;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>Every gateway in memory: which one a message belongs to, and when each was last heard. Rebuilt from the database at the start.</summary>
public sealed class GatewayDirectory
{
    private readonly ConcurrentDictionary<int, GatewayEntry> _byId = new();
    private readonly ConcurrentDictionary<int, StuckMessage> _refused = new();
    private volatile FrozenDictionary<int, GatewayEntry[]> _byToken = FrozenDictionary<int, GatewayEntry[]>.Empty;
    private int _lastId;

    /// <summary>Every gateway, in no order.</summary>
    public IEnumerable<GatewayEntry> All => _byId.Values;

    /// <summary>The key a new gateway gets.</summary>
    public int NextId => _lastId + 1;

    /// <summary>The gateway by its key; null if there is none.</summary>
    public GatewayEntry? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The gateway of a serial; null if none has said it yet.</summary>
    public GatewayEntry? Find(string serial) => _byId.Values.FirstOrDefault(g => serial.Equals(g.Serial, StringComparison.OrdinalIgnoreCase));

    /// <summary>The gateways last heard with a token.</summary>
    public IReadOnlyList<GatewayEntry> OfToken(int tokenId) => _byToken.GetValueOrDefault(tokenId, []);

    /// <summary>
    /// Of which gateways of a token measurements may be that name none: those in use from which a heartbeat came of late, so that a new one
    /// takes the place of the one it replaced; all in use if none came.
    /// </summary>
    /// <param name="tokenId">The token.</param>
    /// <param name="nowMs">The time asked for, Unix ms.</param>
    public IReadOnlyList<GatewayEntry> Candidates(int tokenId, long nowMs)
    {
        List<GatewayEntry> inUse = [.. OfToken(tokenId).Where(g => !g.IsRetired)];
        List<GatewayEntry> beating = [.. inUse.Where(g => g.IsBeating(nowMs))];
        return beating.Count > 0 ? beating : inUse;
    }

    /// <summary>Adds a gateway; the writer does so within its transaction and calls <see cref="Remove"/> if that fails.</summary>
    public void Add(GatewayEntry gateway)
    {
        _byId[gateway.Id] = gateway;
        Regroup();
        _lastId = Math.Max(_lastId, gateway.Id);
    }

    /// <summary>Takes a gateway back that was added by a transaction that failed.</summary>
    public void Remove(GatewayEntry gateway)
    {
        _byId.TryRemove(gateway.Id, out _);
        Regroup();
    }

    /// <summary>Notes that a gateway is heard with another token now.</summary>
    public void Move(GatewayEntry gateway, int tokenId)
    {
        if (gateway.TokenId != tokenId)
        {
            gateway.TokenId = tokenId;
            Regroup();
        }
    }

    /// <summary>What was last refused as too large from a gateway of a token, nobody knows which; null if nothing was or as much was taken since.</summary>
    public StuckMessage? RefusedOf(int tokenId) => _refused.GetValueOrDefault(tokenId);

    /// <summary>Notes that a message was refused as too large and nothing tells which of the token's gateways sent it.</summary>
    internal void NoteRefused(int tokenId, long bytes, DateTimeOffset receivedUtc) => _refused[tokenId] = new(bytes, receivedUtc, IsOfToken: true);

    /// <summary>Notes that such a message was taken: if it is as large, it is the one that was refused.</summary>
    internal void NoteTaken(int tokenId, long bytes)
    {
        if (_refused.TryGetValue(tokenId, out var refused) && bytes >= refused.Bytes)
        {
            _refused.TryRemove(new(tokenId, refused));
        }
    }

    /// <summary>Reads from the database what is not in memory yet, and when each was last heard.</summary>
    public void Load(PortalDbContext db, ReceiptTimes receipts)
    {
        foreach (var gateway in db.Gateways.AsNoTracking().ToList().Where(g => !_byId.ContainsKey(g.Id)))
        {
            var heartbeats = db.Heartbeats.Where(h => h.GatewayId == gateway.Id)
                .OrderByDescending(h => h.MessageId).Select(h => h.MessageId).Take(GatewayEntry.RememberedHeartbeats).ToList();
            var lastMessage = db.Messages.Where(m => m.GatewayId == gateway.Id).Max(m => (long?)m.Id);
            var entry = new GatewayEntry(gateway.Id) { Serial = gateway.Serial, TokenId = gateway.TokenId, UptimeSeconds = gateway.UptimeSeconds, RetiredMs = gateway.RetiredUtc?.ToUnixTimeMilliseconds() };
            entry.Restore(heartbeats.Select(receipts.ReceivedMs).Reverse(), Math.Max(lastMessage ?? 0, heartbeats.FirstOrDefault()));
            Add(entry);
        }
    }

    /// <summary>By whoever changes something, for who reads meanwhile could store what has just become old.</summary>
    private void Regroup() => _byToken = _byId.Values.GroupBy(g => g.TokenId).ToFrozenDictionary(g => g.Key, g => g.ToArray());
}

/// <summary>A gateway in memory. The writer alone changes it.</summary>
public sealed class GatewayEntry(int id)
{
    /// <summary>How many heartbeats the observed interval is the median of.</summary>
    internal const int RememberedHeartbeats = 10;

    /// <summary>Closer ones were held back and came together, or were sent again: no rhythm.</summary>
    private static readonly long ShortestGapMs = (long)GatewayState.ShortestHeartbeatInterval.TotalMilliseconds;

    /// <summary>So long no heartbeat must come, or for two intervals if that is longer, until measurements under a shared token are no longer taken for its own.</summary>
    private const long SilenceMs = 60 * 60 * 1000;

    private readonly Lock _lock = new();
    private readonly Queue<long> _heartbeatsMs = new();
    private long _lastMessageId;

    /// <summary>The key.</summary>
    public int Id => id;

    /// <summary>The serial; null until told.</summary>
    public string? Serial { get; internal set; }

    /// <summary>The token it was last heard with.</summary>
    public int TokenId { get; internal set; }

    /// <summary>The uptime its last heartbeat told, in seconds.</summary>
    public long? UptimeSeconds { get; internal set; }

    /// <summary>When it was retired, Unix ms; null while it is in use.</summary>
    public long? RetiredMs { get; internal set; }

    /// <summary>Whether it is retired.</summary>
    public bool IsRetired => RetiredMs is not null;

    /// <summary>Whether its last message came over plain HTTP; null if none came since the start.</summary>
    public bool? IsPlainHttp { get; internal set; }

    /// <summary>The last message of any kind; 0 before the first.</summary>
    public long LastMessageId => Interlocked.Read(ref _lastMessageId);

    /// <summary>Takes a committed message: any message proves a gateway alive.</summary>
    public void NoteMessage(long messageId) => Interlocked.Exchange(ref _lastMessageId, Math.Max(messageId, LastMessageId));

    /// <summary>The median time between the last heartbeats, one at <paramref name="receivedMs"/> included, in seconds; null before the second.</summary>
    internal int? IntervalWith(long receivedMs)
    {
        lock (_lock)
        {
            return MedianGapMs([.. _heartbeatsMs, receivedMs]) is { } gap ? (int)Math.Max(1, Math.Min(int.MaxValue, gap / 1000)) : null;
        }
    }

    /// <summary>Whether a heartbeat came within the last hour before <paramref name="nowMs"/>, or within two of its intervals if that is longer.</summary>
    internal bool IsBeating(long nowMs)
    {
        lock (_lock)
        {
            return _heartbeatsMs.Count > 0 && nowMs - _heartbeatsMs.Last() <= Math.Max(SilenceMs, 2 * (MedianGapMs([.. _heartbeatsMs]) ?? 0));
        }
    }

    /// <summary>When its last heartbeat came, Unix ms; null before the first.</summary>
    internal long? LastHeartbeatMs
    {
        get
        {
            lock (_lock)
            {
                return _heartbeatsMs.Count > 0 ? _heartbeatsMs.Last() : null;
            }
        }
    }

    /// <summary>Takes a committed heartbeat.</summary>
    internal void NoteHeartbeat(long receivedMs)
    {
        lock (_lock)
        {
            if (_heartbeatsMs.Count > 0 && receivedMs - _heartbeatsMs.Last() < ShortestGapMs)
            {
                return;
            }

            _heartbeatsMs.Enqueue(receivedMs);
            if (_heartbeatsMs.Count > RememberedHeartbeats)
            {
                _heartbeatsMs.Dequeue();
            }
        }
    }

    private static long? MedianGapMs(long[] times)
    {
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).Where(gap => gap >= ShortestGapMs).Order().ToArray();
        return gaps.Length == 0 ? null : gaps[gaps.Length / 2];
    }

    internal void Restore(IEnumerable<long> heartbeatsMs, long lastMessageId)
    {
        foreach (var ms in heartbeatsMs)
        {
            NoteHeartbeat(ms);
        }

        NoteMessage(lastMessageId);
    }
}
