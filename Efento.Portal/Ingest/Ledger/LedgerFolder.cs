namespace Efento.Portal.Ingest.Ledger;

/// <summary>
/// Folds repeated messages into one entry, from the newest to the oldest. Heartbeats between them don't interrupt a series of repeated
/// messages. Heartbeats themselves are folded only if nothing else lies between them.
/// </summary>
/// <param name="most">The maximum number of entries.</param>
internal sealed class LedgerFolder(int most)
{
    private readonly List<LedgerEntry> _entries = [];
    private int _heartbeats = -1;
    private int _measurements = -1;

    /// <summary>The entries so far.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Adds the next older message; false if that would exceed the maximum.</summary>
    public bool TryAdd(LedgerLine line)
    {
        var at = line.IsHeartbeat ? _heartbeats : _measurements;
        var isOpen = at >= 0 && (!line.IsHeartbeat || at > _measurements);
        if (isOpen && _entries[at].Last.IsSameAs(line))
        {
            _entries[at] = _entries[at] with { Count = _entries[at].Count + 1, First = line };
            return true;
        }

        if (_entries.Count == most)
        {
            return false;
        }

        _entries.Add(new LedgerEntry(line, 1, line));
        _ = line.IsHeartbeat ? _heartbeats = _entries.Count - 1 : _measurements = _entries.Count - 1;
        return true;
    }
}
