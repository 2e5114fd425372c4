using System.Globalization;
using System.Text;
using Efento.Portal.Export;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;

namespace Efento.Portal.History;

/// <summary>Readings as a table: RFC 4180, UTF-8, a header line, numbers with a point.</summary>
internal static class ReadingsCsv
{
    /// <summary>The header line.</summary>
    public const string Header = "measuredAt,receivedAt,channel,type,unit,value,errorCode,status,flags,messageId";

    /// <summary>The whole table.</summary>
    public static string Write(IReadOnlyList<ReadingItem> readings)
    {
        var table = new StringBuilder(Header, 128 * (readings.Count + 1)).Append(CsvText.EndOfLine);
        foreach (var reading in readings)
        {
            table.Append(Line(reading)).Append(CsvText.EndOfLine);
        }

        return table.ToString();
    }

    /// <summary>The cells of a reading.</summary>
    public static string Line(ReadingItem reading) => new StringBuilder()
        .Append(UtcMilliseconds.Format(reading.MeasuredAt)).Append(',')
        .Append(UtcMilliseconds.Format(reading.ReceivedAt)).Append(',')
        .Append(reading.Channel).Append(',')
        .Append(CsvText.Cell(reading.Type)).Append(',')
        .Append(CsvText.Cell(reading.Unit)).Append(',')
        .Append(CultureInfo.InvariantCulture, $"{reading.Value}").Append(',')
        .Append(CultureInfo.InvariantCulture, $"{reading.ErrorCode}").Append(',')
        .Append(reading.Status).Append(',')
        .AppendJoin(' ', reading.Flags).Append(',')
        .Append(reading.MessageId)
        .ToString();
}
