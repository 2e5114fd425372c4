namespace Efento.Portal.History;

/// <summary>What a logger measured at one moment: a row of a table with a column for each channel.</summary>
/// <param name="LoggerId">The logger.</param>
/// <param name="MeasuredAtUtc">The moment.</param>
/// <param name="Readings">Its readings, by channel and type; at least one.</param>
internal sealed record MomentRow(int LoggerId, DateTimeOffset MeasuredAtUtc, IReadOnlyList<TableRow> Readings)
{
    /// <summary>The reading of a channel; null if the logger sent none for this moment.</summary>
    public TableRow? Of(byte channel, string typeKey) => Readings.FirstOrDefault(r => r.Channel == channel && r.Type.Key == typeKey);

    /// <summary>The readings by time of receipt, the earliest first: usually all came together.</summary>
    public IEnumerable<IGrouping<DateTimeOffset, TableRow>> ByReceipt => Readings.GroupBy(r => r.ReceivedAtUtc).OrderBy(g => g.Key);
}

/// <summary>A page of moments in the order asked for.</summary>
/// <param name="Rows">The moments.</param>
/// <param name="Next">The position after which the next page begins; null if this is the last page.</param>
internal sealed record MomentPage(IReadOnlyList<MomentRow> Rows, Measurements.ReadingPosition? Next);
