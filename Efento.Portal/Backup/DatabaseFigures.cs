namespace Efento.Portal.Backup;

/// <summary>What a database holds, in figures that tell whether a copy of it is whole.</summary>
/// <param name="LastMigration">The last change of its tables.</param>
/// <param name="NewestMessage">The newest message of a gateway; 0 if there is none.</param>
/// <param name="AuditCount">How many entries the audit trail has.</param>
/// <param name="AuditHead">The hash of the last one, as hex digits.</param>
internal sealed record DatabaseFigures(string LastMigration, long NewestMessage, long AuditCount, string AuditHead)
{
    /// <summary>How many rows each table has.</summary>
    public required IReadOnlyDictionary<string, long> Tables { get; init; }

    /// <summary>The readings of each day (UTC) that has any, the oldest first.</summary>
    public required IReadOnlyList<DayOfReadings> Days { get; init; }
}

/// <summary>The readings of a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Count">How many there are.</param>
/// <param name="Sum">The sum of their numbers, whatever their units: it serves to compare, not to read.</param>
internal sealed record DayOfReadings(DateOnly Day, long Count, double Sum);
