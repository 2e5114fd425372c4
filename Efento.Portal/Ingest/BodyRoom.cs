using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Ingest;

/// <summary>
/// The room for bodies in memory: those that are arriving, by the bytes that have come, and those that wait for their commit, with what was
/// read of them. A token's bodies may take as much as they leave to the others, so that no token takes all of it.
/// </summary>
public sealed class BodyRoom(IOptionsMonitor<IngestOptions> options, TimeProvider time)
{
    /// <summary>
    /// Bodies up to this size, in bytes, still get in when the large ones of their token have taken its share: many gateways may use one token.
    /// </summary>
    public const int Small = 64 * 1024;

    /// <summary>How long a refusal is told of: while messages are refused, others come within this.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _ofToken = [];
    private long _taken;
    private int _arriving;
    private (int TokenId, int Count, long At)? _refused;

    /// <summary>Which messages were answered 503 within the last seconds because there was no room for them; null if none were.</summary>
    public string? Fault
    {
        get
        {
            lock (_lock)
            {
                return _refused is { } refused && time.GetElapsedTime(refused.At) < Told
                    ? IngestText.NoRoom(Written(refused.Count), Written(refused.TokenId), Megabytes(_ofToken.GetValueOrDefault(refused.TokenId)), Megabytes(_taken), Megabytes(options.CurrentValue.QueueBytes))
                    : null;
            }
        }
    }

    /// <summary>Bodies of which a part is still awaited.</summary>
    public int Arriving => Volatile.Read(ref _arriving);

    /// <summary>
    /// Takes room for <paramref name="bytes"/> more of a body that holds <paramref name="held"/>; a body that is the only one may be of any size.
    /// Every true is paid back by <see cref="Leave"/>.
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

    /// <summary>Counts bytes that are there in any case, such as what was read of a body that was let in. Paid back by <see cref="Leave"/>.</summary>
    public void Take(int tokenId, long bytes)
    {
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_ofToken, tokenId, out _) += bytes;
            _taken += bytes;
        }
    }

    /// <summary>Gives room back.</summary>
    public void Leave(int tokenId, long bytes)
    {
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_ofToken, tokenId, out _) -= bytes;
            _taken -= bytes;
        }
    }

    /// <summary>A body is awaited, or is no longer.</summary>
    public void Await(bool isAwaited) => Interlocked.Add(ref _arriving, isAwaited ? 1 : -1);

    private void NoteRefused(int tokenId)
    {
        var count = _refused is { } before && before.TokenId == tokenId && time.GetElapsedTime(before.At) < Told ? before.Count + 1 : 1;
        _refused = (tokenId, count, time.GetTimestamp());
    }

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0", CultureInfo.InvariantCulture);
}
