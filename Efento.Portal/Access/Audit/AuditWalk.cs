namespace Efento.Portal.Access.Audit;

/// <summary>One walk along the chain of hashes, entry by entry.</summary>
internal sealed class AuditWalk(KeptHead kept)
{
    private long _count;
    private byte[] _head = AuditHash.Beginning;
    private string? _fault;
    private bool _isKeptSeen;

    /// <summary>Takes the next entry; false if it is not what must come next.</summary>
    public bool Takes(AuditEntry entry)
    {
        _fault = FaultOf(entry);
        if (_fault is not null)
        {
            return false;
        }

        (_count, _head) = (entry.Id, entry.Hash);
        _isKeptSeen |= kept.Hash is { } hash && IsHead(hash) && (kept.Count ?? _count) == _count;
        return true;
    }

    /// <summary>What was found; <paramref name="otherwise"/> if the chain itself is in order.</summary>
    public AuditChain End(string? otherwise) => new(_count, Convert.ToHexStringLower(_head), _fault ?? KeptFault() ?? otherwise);

    private string? FaultOf(AuditEntry entry)
    {
        var next = _count + 1;
        return entry.Id > next ? $"Entry {next} is missing."
            : entry.Id < next ? $"Entry {entry.Id} was put in: the first one is entry 1."
            : !AuditHash.Of(entry).AsSpan().SequenceEqual(entry.Hash) ? $"Entry {entry.Id} is not as it was written."
            : !entry.PreviousHash.AsSpan().SequenceEqual(_head) ? $"Entry {entry.Id} does not follow entry {_count}: one of them was replaced."
            : null;
    }

    private string? KeptFault() =>
        kept.Count > _count ? $"Entry {_count + 1} is missing: there were {kept.Count} entries."
        : kept is { Hash: not null, Count: { } count } && !_isKeptSeen ? $"Entry {count} or one before it was replaced: its hash is not the one that was kept."
        : kept.Hash is not null && !_isKeptSeen ? "No entry has the hash that was kept: the end was cut off or the trail replaced."
        : null;

    private bool IsHead(string hash) => hash.Equals(Convert.ToHexStringLower(_head), StringComparison.OrdinalIgnoreCase);
}
