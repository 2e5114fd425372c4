using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Efento.Portal.Ingest.Payload;

/// <summary>Builds the <see cref="ShapeFingerprint"/> of a body while it is read.</summary>
internal struct ShapeBuilder
{
    private ulong _lowerFields;
    private ulong _upperFields;
    private UnknownPaths _unknown;

    /// <summary>Adds a known field and the kind of its value.</summary>
    public void Add(KnownField field, JsonTokenType token)
    {
        var bit = 1UL << ((((int)field & 7) * 8) + Kind(token));
        if ((int)field < 8)
        {
            _lowerFields |= bit;
        }
        else
        {
            _upperFields |= bit;
        }
    }

    /// <summary>Adds an unknown field and the kind of its value.</summary>
    public void AddUnknown(FieldPath path, JsonTokenType token) => _unknown.Add(path.HashOf(Kind(token)));

    /// <summary>The fingerprint so far.</summary>
    public readonly ShapeFingerprint Fingerprint => new(new UInt128(_upperFields, _lowerFields), _unknown.Hash);

    /// <summary>0 to 5: object, array, string, number, boolean, null.</summary>
    private static int Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => 0,
        JsonTokenType.StartArray => 1,
        JsonTokenType.String => 2,
        JsonTokenType.Number => 3,
        JsonTokenType.True or JsonTokenType.False => 4,
        _ => 5,
    };

    /// <summary>
    /// The distinct hashes of unknown fields. If there are more than 64, the 64 smallest are kept, so that the result does not depend on
    /// their order.
    /// </summary>
    private struct UnknownPaths
    {
        private const int Capacity = 64;

        private Hashes _hashes;
        private int _count;
        private ulong _largest;

        public readonly ulong Hash
        {
            get
            {
                ulong all = 0;
                foreach (var hash in Kept)
                {
                    all += hash;
                }

                // 0 means "none".
                return _count > 0 && all == 0 ? 1 : all;
            }
        }

        [UnscopedRef]
        private readonly ReadOnlySpan<ulong> Kept => ((ReadOnlySpan<ulong>)_hashes)[.._count];

        public void Add(ulong hash)
        {
            if ((_count == Capacity && hash >= _largest) || Kept.Contains(hash))
            {
                return;
            }

            var at = _count < Capacity ? _count++ : Kept.IndexOf(_largest);
            _hashes[at] = hash;
            _largest = 0;
            foreach (var kept in Kept)
            {
                _largest = Math.Max(_largest, kept);
            }
        }

        [InlineArray(Capacity)]
        private struct Hashes
        {
            private ulong _first;
        }
    }
}
