using System.Buffers;
using Efento.Portal.Measurements.Rollups;

namespace Efento.Portal.Measurements.Ranges;

/// <summary>The pieces a range of one channel is made of, in measured order, in a rented array: single readings, hours, days.</summary>
internal sealed class PieceBuffer : IDisposable
{
    private const int InitialCapacity = 2_048;

    private Rollup[] _pieces = ArrayPool<Rollup>.Shared.Rent(InitialCapacity);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The pieces.</summary>
    public ReadOnlySpan<Rollup> Pieces => _pieces.AsSpan(0, Count);

    /// <summary>Adds a piece measured after all others.</summary>
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
