namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The path of an unknown field as a hash (64 bits, FNV-1a). It is stored, so it is the same in every process. All serials used as keys
/// count as the same key; otherwise each body would have its own shape.
/// </summary>
internal readonly struct FieldPath
{
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    private readonly ulong _hash;

    private FieldPath(ulong hash) => _hash = hash;

    /// <summary>The path of a known field, as a starting point.</summary>
    public static FieldPath Of(KnownField field) => new((Offset ^ (byte)field) * Prime);

    /// <summary>The path of a key in it.</summary>
    public FieldPath Child(ReadOnlySpan<byte> key)
    {
        var hash = (_hash ^ '.') * Prime;
        foreach (var b in SerialReader.IsHexSerial(key) ? "*"u8 : key)
        {
            hash = (hash ^ b) * Prime;
        }

        return new(hash);
    }

    /// <summary>The path of the elements of an array.</summary>
    public FieldPath Element => new((_hash ^ '[') * Prime);

    /// <summary>The hash of this path with the kind of its value, well mixed.</summary>
    public ulong HashOf(int kind)
    {
        var hash = (_hash ^ (byte)kind) * Prime;
        hash ^= hash >> 32;
        hash *= 0x9E37_79B9_7F4A_7C15;
        return hash ^ (hash >> 29);
    }
}
