using System.Globalization;
using Efento.Portal.Data;

namespace Efento.Portal.Ingest;

/// <summary>
/// Puts faults into words in the current language: that of the user on a page, English for gateways, health checks, commands and the log.
/// </summary>
internal static class IngestWords
{
    /// <summary>A fault in a sentence or two.</summary>
    public static string Of(IngestFault fault) => fault switch
    {
        ClockBeforeBuildFault its => IngestText.ClockBeforeBuild(
            Time(its.NowUtc), its.BuiltUtc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ClockFarAheadFault its => IngestText.ClockFarAhead(Time(its.NowUtc)),
        ClockBehindFault { Behind: var its } => IngestText.ClockBehind(
            Time(its.NowUtc), Number(its.MessageId), Time(its.ReceivedUtc), Span(its.By), its.Setting),
        ClockJumpedFault its => IngestText.ClockJumped(Days(its.By), Time(its.AtUtc)),
        ClockContradictedFault its => IngestText.ClockContradicted(Time(its.NowUtc), Days(its.By)),
        StoreFailsFault { SavedAs: { } copy } its => $"{Of(its.Fault)} {IngestText.StoreSavedAs(copy)}",
        StoreFailsFault its => Of(its.Fault),
        StoreDamageFault its => IngestText.DamageSeen(its.Damage.Message),
        QueueFault { Kind: QueueFaultKind.Closed } => IngestText.QueueClosed,
        QueueFault { Kind: QueueFaultKind.Full } => IngestText.QueueFull,
        QueueFault => IngestText.QueueSlow,
        NoRoomFault its => IngestText.NoRoom(
            Number(its.Count), Number(its.TokenId), Megabytes(its.OfToken), Megabytes(its.OfAll), Megabytes(its.Limit)),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>Several faults, a sentence or two each.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<IngestFault> faults) => [.. faults.Select(Of)];

    /// <summary>What a fault of the database means for the person who operates the portal.</summary>
    public static string Of(StoreFault fault) => fault.Kind switch
    {
        StoreFaultKind.Moved => IngestText.StoreMoved(fault.Message),
        StoreFaultKind.Full => IngestText.StoreFull,
        StoreFaultKind.Busy => IngestText.StoreHeld,
        StoreFaultKind.ReadOnly => IngestText.StoreReadOnly,
        StoreFaultKind.Damaged => IngestText.StoreDamaged,
        _ => IngestText.StoreNotWritten(fault.Code, fault.Message),
    };

    /// <summary>What the database has lost.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="sinceUtc">When the newest message that is left was received; null if none is left.</param>
    public static string Of(StoreLoss loss, DateTimeOffset? sinceUtc) => IngestText.StoreLost(
        sinceUtc is { } since ? Time(since) : IngestText.TheBeginning, Time(loss.NotedUtc), Time(loss.FoundUtc));

    private static string Time(DateTimeOffset timeUtc) => timeUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Days(TimeSpan by) => by.Duration().TotalDays.ToString("0", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan by) =>
        by.TotalDays >= 1 ? by.ToString("d\\ \\d\\ h\\ \\h", CultureInfo.InvariantCulture)
        : by.TotalHours >= 1 ? by.ToString("h\\ \\h\\ m\\ \\m\\i\\n", CultureInfo.InvariantCulture)
        : by.ToString("m\\ \\m\\i\\n\\ s\\ \\s", CultureInfo.InvariantCulture);
}
