namespace Efento.Portal.Ingest;

/// <summary>
/// Folds messages that are the same again into one entry, from the newest to the oldest. Heartbeats that come in between do not part what a
/// gateway sends again and again; heartbeats themselves are folded only where nothing else came in between.
/// </summary>
/// <param name="most">At most so many entries.</param>
internal sealed class LedgerFolder(int most)
{
    private readonly List<LedgerEntry> _entries = [];
    private int _heartbeats = -1;
    private int _measurements = -1;

    /// <summary>What has been folded.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Takes the next older message; false if it would be an entry too many.</summary>
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
