using System.Collections.Concurrent;
using System.Collections.Frozen;
using Efento.Portal.Data;
using Efento.Portal.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Devices;

/// <summary>
/// All gateways in memory. Finds the gateway of a message, and knows when each was last heard. Rebuilt from the database at the start.
/// </summary>
internal sealed class GatewayDirectory
{
    private readonly ConcurrentDictionary<int, GatewayEntry> _byId = new();
    private readonly ConcurrentDictionary<int, StuckMessage> _refused = new();
    private volatile FrozenDictionary<int, GatewayEntry[]> _byToken = FrozenDictionary<int, GatewayEntry[]>.Empty;

    /// <summary>Every gateway, in no order.</summary>
    public IEnumerable<GatewayEntry> All => _byId.Values;

    /// <summary>The gateway by its key; null if there is none.</summary>
    public GatewayEntry? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The gateway with a serial; null if none has reported it yet.</summary>
    public GatewayEntry? Find(string serial) =>
        _byId.Values.FirstOrDefault(g => serial.Equals(g.Serial, StringComparison.OrdinalIgnoreCase));

    /// <summary>The gateways last heard with a token.</summary>
    public IReadOnlyList<GatewayEntry> OfToken(int tokenId) => _byToken.GetValueOrDefault(tokenId, []);

    /// <summary>
    /// The gateways that may have sent measurements which name no gateway: those of the token that are in use and have sent a heartbeat
    /// recently, so that a new gateway takes the place of the one it replaced. If none has, all of the token that are in use.
    /// </summary>
    /// <param name="tokenId">The token.</param>
    /// <param name="nowMs">The time asked for, Unix ms.</param>
    public IReadOnlyList<GatewayEntry> Candidates(int tokenId, long nowMs) =>
        Candidates([.. OfToken(tokenId).Where(g => !g.IsRetired)], nowMs);

    /// <summary>Of which of a token's gateways in use measurements may be that name none, as above.</summary>
    internal static IReadOnlyList<GatewayEntry> Candidates(IReadOnlyList<GatewayEntry> inUse, long nowMs)
    {
        List<GatewayEntry> beating = [.. inUse.Where(g => g.IsBeating(nowMs))];
        return beating.Count > 0 ? beating : inUse;
    }

    /// <summary>Adds a gateway, once it is committed.</summary>
    public void Add(GatewayEntry gateway)
    {
        _byId[gateway.Id] = gateway;
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

    /// <summary>
    /// The last message of a token that was rejected as too large while its gateway was unknown. Null if there is none, or if a message at
    /// least as large was accepted since.
    /// </summary>
    public StuckMessage? RefusedOf(int tokenId) => _refused.GetValueOrDefault(tokenId);

    /// <summary>Notes that a message was rejected as too large, and that it is not known which of the token's gateways sent it.</summary>
    internal void NoteRefused(int tokenId, long bytes, DateTimeOffset receivedUtc) =>
        _refused[tokenId] = new(bytes, receivedUtc, IsOfToken: true);

    /// <summary>Notes that such a message was accepted. If it is at least as large, it is the one that was rejected before.</summary>
    internal void NoteTaken(int tokenId, long bytes)
    {
        if (_refused.TryGetValue(tokenId, out var refused) && bytes >= refused.Bytes)
        {
            _refused.TryRemove(new(tokenId, refused));
        }
    }

    /// <summary>Loads the gateways that are not in memory yet, with the time each was last heard.</summary>
    public void Load(PortalDbContext db, ReceiptTimes receipts)
    {
        foreach (var gateway in db.Gateways.AsNoTracking().ToList().Where(g => !_byId.ContainsKey(g.Id)))
        {
            var heartbeats = db.Heartbeats.Where(h => h.GatewayId == gateway.Id)
                .OrderByDescending(h => h.MessageId).Select(h => h.MessageId).Take(GatewayEntry.RememberedHeartbeats).ToList();
            var lastMessage = db.Messages.Where(m => m.GatewayId == gateway.Id).Max(m => (long?)m.Id);
            var entry = new GatewayEntry(gateway.Id)
            {
                Serial = gateway.Serial,
                TokenId = gateway.TokenId,
                UptimeSeconds = gateway.UptimeSeconds,
                RetiredMs = gateway.RetiredUtc?.ToUnixTimeMilliseconds()
            };
            entry.Restore(heartbeats.Select(receipts.ReceivedMs).Reverse(), Math.Max(lastMessage ?? 0, heartbeats.FirstOrDefault()));
            Add(entry);
        }
    }

    /// <summary>
    /// Called after each change by the thread that made it. A reader that regrouped could store a group that is already out of date.
    /// </summary>
    private void Regroup() => _byToken = _byId.Values.GroupBy(g => g.TokenId).ToFrozenDictionary(g => g.Key, g => g.ToArray());
}

/// <summary>A gateway in memory. Only the writer changes it.</summary>
internal sealed class GatewayEntry(int id)
{
    /// <summary>The number of heartbeats whose median spacing is the observed interval.</summary>
    internal const int RememberedHeartbeats = 10;

    /// <summary>Heartbeats closer together were held back or sent again, and say nothing about the interval.</summary>
    private static readonly long ShortestGapMs = (long)GatewayState.ShortestHeartbeatInterval.TotalMilliseconds;

    /// <summary>
    /// If no heartbeat comes for this time (or for two intervals, if that is longer), measurements under a shared token are no longer
    /// assigned to this gateway.
    /// </summary>
    private const long SilenceMs = 60 * 60 * 1000;

    private readonly Lock _lock = new();
    private readonly Queue<long> _heartbeatsMs = new();
    private long _lastMessageId;

    /// <summary>The key.</summary>
    public int Id => id;

    /// <summary>The serial; null until it is known.</summary>
    public string? Serial { get; internal set; }

    /// <summary>The token it was last heard with.</summary>
    public int TokenId { get; internal set; }

    /// <summary>The uptime in its last heartbeat, in seconds.</summary>
    public long? UptimeSeconds { get; internal set; }

    /// <summary>When it was retired, Unix ms; null while it is in use.</summary>
    public long? RetiredMs { get; internal set; }

    /// <summary>Whether it is retired.</summary>
    public bool IsRetired => RetiredMs is not null;

    /// <summary>Whether its last message came over plain HTTP; null if none came since the start.</summary>
    public bool? IsPlainHttp { get; internal set; }

    /// <summary>The last message of any kind; 0 before the first.</summary>
    public long LastMessageId => Interlocked.Read(ref _lastMessageId);

    /// <summary>Notes a committed message. Any message proves that the gateway is alive.</summary>
    public void NoteMessage(long messageId) => Interlocked.Exchange(ref _lastMessageId, Math.Max(messageId, LastMessageId));

    /// <summary>
    /// The median time between the last heartbeats, one at <paramref name="receivedMs"/> included, in seconds; null before the second.
    /// </summary>
    internal int? IntervalWith(long receivedMs)
    {
        lock (_lock)
        {
            return MedianGapMs([.. _heartbeatsMs, receivedMs]) is { } gap ? (int)Math.Max(1, Math.Min(int.MaxValue, gap / 1000)) : null;
        }
    }

    /// <summary>
    /// Whether a heartbeat came within the last hour before <paramref name="nowMs"/>, or within two of its intervals if that is longer.
    /// </summary>
    internal bool IsBeating(long nowMs)
    {
        lock (_lock)
        {
            return _heartbeatsMs.Count > 0
                && nowMs - _heartbeatsMs.Last() <= Math.Max(SilenceMs, 2 * (MedianGapMs([.. _heartbeatsMs]) ?? 0));
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

    /// <summary>Notes a committed heartbeat.</summary>
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
