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
        return entry.Id > next ? AccessText.ChainEntryMissing(next)
            : entry.Id < next ? AccessText.ChainEntryAdded(entry.Id)
            : !AuditHash.Of(entry).AsSpan().SequenceEqual(entry.Hash) ? AccessText.ChainEntryAltered(entry.Id)
            : !entry.PreviousHash.AsSpan().SequenceEqual(_head) ? AccessText.ChainEntryReplaced(entry.Id, _count)
            : null;
    }

    private string? KeptFault() =>
        kept.Count > _count ? AccessText.ChainKeptMissing(_count + 1, kept.Count)
        : kept is { Hash: not null, Count: { } count } && !_isKeptSeen ? AccessText.ChainKeptReplaced(count)
        : kept.Hash is not null && !_isKeptSeen ? AccessText.ChainCutOff
        : null;

    private bool IsHead(string hash) => hash.Equals(Convert.ToHexStringLower(_head), StringComparison.OrdinalIgnoreCase);
}
