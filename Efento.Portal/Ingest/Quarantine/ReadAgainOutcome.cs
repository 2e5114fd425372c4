namespace Efento.Portal.Ingest.Quarantine;

/// <summary>The result of reading a quarantined item again.</summary>
public enum ReadAgainVerdict
{
    /// <summary>Everything in it was usable, and its space is free.</summary>
    Read,

    /// <summary>Some of it is still unusable and stays, with its present reason.</summary>
    Rejected,

    /// <summary>Its loggers are unknown and the portal ignores unknown loggers. It stays.</summary>
    Ignored,

    /// <summary>It still can't be stored although the store works. It stays.</summary>
    NotStorable,

    /// <summary>The remaining parts would need more space than there is. It stays.</summary>
    NoRoom,

    /// <summary>Somebody else has read, changed or discarded it in the meantime.</summary>
    Gone,
}

/// <summary>The result of reading an item again, with counts.</summary>
/// <param name="Verdict">The result.</param>
/// <param name="NewReadings">The number of readings that were stored.</param>
/// <param name="KnownReadings">The number of readings that were already known.</param>
public readonly record struct ReadAgainOutcome(ReadAgainVerdict Verdict, int NewReadings = 0, int KnownReadings = 0);
