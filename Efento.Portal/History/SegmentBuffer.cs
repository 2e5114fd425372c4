using System.Buffers;
using Efento.Portal.Measurements;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.History;

/// <summary>The pieces of one channel in a range (single readings, hours, days), in measured order and in a rented array.</summary>
internal sealed class SegmentBuffer : IDisposable
{
    private const int InitialCapacity = 2_048;

    private Rollup[] _pieces = ArrayPool<Rollup>.Shared.Rent(InitialCapacity);

    /// <summary>The number of pieces.</summary>
    public int Count { get; private set; }

    /// <summary>The pieces. A span taken before an <see cref="Add"/> must not be used after it: the array may have been replaced.</summary>
    public ReadOnlySpan<Rollup> Pieces => _pieces.AsSpan(0, Count);

    /// <summary>Adds a piece; it must have been measured after all others.</summary>
    public void Add(in Rollup piece)
    {
        if (Count == _pieces.Length)
        {
            var larger = ArrayPool<Rollup>.Shared.Rent(2 * Count);
            _pieces.CopyTo(larger, 0);
            ArrayPool<Rollup>.Shared.Return(_pieces);
            _pieces = larger;
        }

        _pieces[Count++] = piece;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<Rollup>.Shared.Return(_pieces);
        (_pieces, Count) = ([], 0);
    }
}
