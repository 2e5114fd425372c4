namespace Efento.Portal.Ingest;

/// <summary>How reading an item of the quarantine again ended.</summary>
public enum ReadAgainVerdict
{
    /// <summary>Everything in it could be used; its room is free.</summary>
    Read,

    /// <summary>Something still can't be used and stays, with the reason it has now.</summary>
    Rejected,

    /// <summary>Its loggers are not known and the portal ignores such; it stays.</summary>
    Ignored,

    /// <summary>It still can't be stored although the store works; it stays.</summary>
    NotStorable,

    /// <summary>What is left of it would need more room than there is; it stays.</summary>
    NoRoom,

    /// <summary>It was read, changed or discarded by somebody else meanwhile.</summary>
    Gone,
}

/// <summary>What reading an item again brought.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="NewReadings">Readings that were stored.</param>
/// <param name="KnownReadings">Readings that were there already.</param>
public readonly record struct ReadAgainOutcome(ReadAgainVerdict Verdict, int NewReadings = 0, int KnownReadings = 0);
