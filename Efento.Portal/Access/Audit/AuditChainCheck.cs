namespace Efento.Portal.Access.Audit;

/// <summary>One walk along the chain of hashes, entry by entry.</summary>
internal sealed class AuditChainCheck(KeptHead kept)
{
    private long _count;
    private byte[] _head = AuditHash.Beginning;
    private ChainFault? _fault;
    private bool _isKeptSeen;

    /// <summary>Checks the next entry; false if it does not follow the one before.</summary>
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

    /// <summary>The fault that was found; <paramref name="otherwise"/> if the chain itself is in order.</summary>
    public AuditChain End(ChainFault? otherwise) => new(_count, Convert.ToHexStringLower(_head), _fault ?? KeptFault() ?? otherwise);

    private ChainFault? FaultOf(AuditEntry entry)
    {
        var next = _count + 1;
        return entry.Id > next ? new ChainFault(ChainFaultKind.EntryMissing, next)
            : entry.Id < next ? new ChainFault(ChainFaultKind.EntryAdded, entry.Id)
            : !AuditHash.Of(entry).AsSpan().SequenceEqual(entry.Hash) ? new ChainFault(ChainFaultKind.EntryAltered, entry.Id)
            : !entry.PreviousHash.AsSpan().SequenceEqual(_head) ? new ChainFault(ChainFaultKind.EntryReplaced, entry.Id)
            : null;
    }

    private ChainFault? KeptFault() =>
        kept.Count is { } said && said > _count ? new ChainFault(ChainFaultKind.KeptMissing, _count + 1, said)
        : kept is { Hash: not null, Count: { } count } && !_isKeptSeen ? new ChainFault(ChainFaultKind.KeptReplaced, count)
        : kept.Hash is not null && !_isKeptSeen ? new ChainFault(ChainFaultKind.CutOff)
        : null;

    private bool IsHead(string hash) => hash.Equals(Convert.ToHexStringLower(_head), StringComparison.OrdinalIgnoreCase);
}
