using System.Runtime.InteropServices;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Ledger;

/// <summary>The counts of a message while it is applied.</summary>
internal struct MessageTally
{
    public int Records;
    public int New;
    public int Duplicate;
    public int Conflicting;
    public int Quarantined;
    public int Ignored;
    public long? EarliestMs;
    public long? LatestMs;
    public List<int>? Loggers;

    public void Count(StoreOutcome outcome)
    {
        switch (outcome)
        {
            case StoreOutcome.New or StoreOutcome.Superseding:
                New++;
                break;
            case StoreOutcome.Duplicate:
                Duplicate++;
                break;
            case StoreOutcome.Conflict:
                Conflicting++;
                break;
        }
    }

    /// <summary>Adds the counts of another message.</summary>
    public void Add(in MessageTally other)
    {
        Records += other.Records;
        New += other.New;
        Duplicate += other.Duplicate;
        Conflicting += other.Conflicting;
        Quarantined += other.Quarantined;
        Ignored += other.Ignored;
    }

    public void Cover(long measuredAtMs)
    {
        EarliestMs = Math.Min(EarliestMs ?? measuredAtMs, measuredAtMs);
        LatestMs = Math.Max(LatestMs ?? measuredAtMs, measuredAtMs);
    }

    /// <summary>The loggers' ids, each once, four bytes each.</summary>
    public readonly byte[] LoggerBytes()
    {
        if (Loggers is null or [])
        {
            return [];
        }

        var distinct = CollectionsMarshal.AsSpan(Loggers);
        distinct.Sort();
        var count = 1;
        for (var i = 1; i < distinct.Length; i++)
        {
            if (distinct[i] != distinct[i - 1])
            {
                distinct[count++] = distinct[i];
            }
        }

        return MemoryMarshal.AsBytes(distinct[..count]).ToArray();
    }
}
