using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>A reading as a row of a table. Its measured time, value, status and flags are those of <paramref name="Reading"/>.</summary>
/// <param name="LoggerId">The logger that measured it.</param>
/// <param name="Channel">The logger's channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Reading">The reading.</param>
/// <param name="ReceivedAtUtc">When it was received.</param>
/// <param name="IsLate">Whether it came late (<see cref="LateRule"/>).</param>
internal sealed record TableRow(
    int LoggerId, byte Channel, MeasurementType Type, Reading Reading, DateTimeOffset ReceivedAtUtc, bool IsLate);

/// <summary>A page of readings in the order asked for.</summary>
/// <param name="Rows">The readings.</param>
/// <param name="Next">The position after which the next page begins; null if this is the last page.</param>
internal sealed record TablePage(IReadOnlyList<TableRow> Rows, ReadingPosition? Next);
