using Efento.Portal.Data;
using Efento.Portal.Ingest.Clock;

namespace Efento.Portal.Ingest;

/// <summary>
/// Why gateways are answered 503, or why the clock or the database is doubted. <see cref="IngestWords"/> puts it into words.
/// </summary>
public abstract record IngestFault;

/// <summary>The server's clock is before the program's build date.</summary>
internal sealed record ClockBeforeBuildFault(DateTimeOffset NowUtc, DateTimeOffset BuiltUtc) : IngestFault;

/// <summary>The server's clock is decades ahead.</summary>
internal sealed record ClockFarAheadFault(DateTimeOffset NowUtc) : IngestFault;

/// <summary>The server's clock is behind the newest message.</summary>
internal sealed record ClockBehindFault(ClockBehind Behind) : IngestFault;

/// <summary>The server's clock jumped while the portal was running.</summary>
internal sealed record ClockJumpedFault(TimeSpan By, DateTimeOffset AtUtc) : IngestFault;

/// <summary>Most loggers measure at a time that differs from the server's clock.</summary>
internal sealed record ClockContradictedFault(TimeSpan By, DateTimeOffset NowUtc) : IngestFault;

/// <summary>The store fails. If the database was moved and what it had stored is saved, <paramref name="SavedAs"/> is the file.</summary>
internal sealed record StoreFailsFault(StoreFault Fault, string? SavedAs = null) : IngestFault;

/// <summary>Damaged pages were found in the database.</summary>
internal sealed record StoreDamageFault(StoreFault Damage) : IngestFault;

/// <summary>The queue takes no message.</summary>
internal sealed record QueueFault(QueueFaultKind Kind) : IngestFault;

/// <summary>There is no room in memory for the bodies of a token. Sizes are in bytes.</summary>
internal sealed record NoRoomFault(int TokenId, int Count, long OfToken, long OfAll, long Limit) : IngestFault;

/// <summary>Why the queue takes no message.</summary>
internal enum QueueFaultKind
{
    /// <summary>The portal is shutting down.</summary>
    Closed,

    /// <summary>Too many messages wait.</summary>
    Full,

    /// <summary>The oldest message has waited for too long.</summary>
    Slow,
}
