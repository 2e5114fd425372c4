using System.Runtime.InteropServices;
using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The memory for bodies that are arriving or wait for their commit, including their parsed form. Arriving bodies count with the bytes that
/// have arrived. One token may use at most half of what the others leave free, so that no token can use everything.
/// </summary>
internal sealed class BodyRoom(IOptionsMonitor<IngestOptions> options, TimeProvider time)
{
    /// <summary>
    /// Bodies up to this size, in bytes, are still accepted when large bodies have used up their token's share, because many gateways may
    /// use the same token.
    /// </summary>
    public const int Small = 64 * 1024;

    /// <summary>How long a refusal is shown. While messages are refused, new refusals arrive within this time.</summary>
    private static readonly TimeSpan ReportTime = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _ofToken = [];
    private long _taken;
    private int _arriving;
    private (int TokenId, int Count, long At)? _refused;

    /// <summary>
    /// The messages that were answered 503 within the last seconds because there was no room for them; null if there were none.
    /// </summary>
    public IngestFault? Fault
    {
        get
        {
            lock (_lock)
            {
                return _refused is { } refused && time.GetElapsedTime(refused.At) < ReportTime
                    ? new NoRoomFault(
                        refused.TokenId, refused.Count, _ofToken.GetValueOrDefault(refused.TokenId), _taken,
                        options.CurrentValue.QueueBytes)
                    : null;
            }
        }
    }

    /// <summary>The number of bodies that are still arriving.</summary>
    public int Arriving => Volatile.Read(ref _arriving);

    /// <summary>
    /// Reserves <paramref name="bytes"/> more for a body that already has <paramref name="held"/>. A body that is the only one may have any
    /// size. If this returns true, release the bytes with <see cref="Leave"/>.
    /// </summary>
    public bool TryTake(int tokenId, long bytes, long held)
    {
        lock (_lock)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofToken, tokenId, out _);
            var left = options.CurrentValue.QueueBytes - _taken - bytes;
            var share = held + bytes <= Small ? 2 * left : left;
            if (_taken > held && own + bytes > share)
            {
                NoteRefused(tokenId);
                return false;
            }

            own += bytes;
            _taken += bytes;
            return true;
        }
    }

    /// <summary>
    /// Adds bytes that are in memory in any case, such as the parsed form of an accepted body. Release them with <see cref="Leave"/>.
    /// </summary>
    public void Take(int tokenId, long bytes)
    {
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_ofToken, tokenId, out _) += bytes;
            _taken += bytes;
        }
    }

    /// <summary>Releases bytes.</summary>
    public void Leave(int tokenId, long bytes)
    {
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_ofToken, tokenId, out _) -= bytes;
            _taken -= bytes;
        }
    }

    /// <summary>Notes that a body begins to arrive, or that it no longer does.</summary>
    public void Await(bool isAwaited) => Interlocked.Add(ref _arriving, isAwaited ? 1 : -1);

    private void NoteRefused(int tokenId)
    {
        var count = _refused is { } last && last.TokenId == tokenId && time.GetElapsedTime(last.At) < ReportTime
            ? last.Count + 1
            : 1;
        _refused = (tokenId, count, time.GetTimestamp());
    }
}
