using System.Globalization;
using System.Text;
using Efento.Portal.ReadApi;

namespace Efento.Portal.Measurements;

/// <summary>Readings as a table: RFC 4180, UTF-8, a header line, numbers with a point.</summary>
internal static class ReadingsCsv
{
    /// <summary>The header line.</summary>
    public const string Header = "measuredAt,receivedAt,channel,type,unit,value,errorCode,status,flags,messageId";

    private const string EndOfLine = "\r\n";

    /// <summary>The whole table.</summary>
    public static string Write(IReadOnlyList<ReadingItem> readings)
    {
        var table = new StringBuilder(Header, 128 * (readings.Count + 1)).Append(EndOfLine);
        foreach (var reading in readings)
        {
            Append(table, reading);
        }

        return table.ToString();
    }

    private static void Append(StringBuilder table, ReadingItem reading) => table
        .Append(UtcMilliseconds.Format(reading.MeasuredAt)).Append(',')
        .Append(UtcMilliseconds.Format(reading.ReceivedAt)).Append(',')
        .Append(reading.Channel).Append(',')
        .Append(Quoted(reading.Type)).Append(',')
        .Append(Quoted(reading.Unit)).Append(',')
        .Append(CultureInfo.InvariantCulture, $"{reading.Value}").Append(',')
        .Append(CultureInfo.InvariantCulture, $"{reading.ErrorCode}").Append(',')
        .Append(reading.Status).Append(',')
        .AppendJoin(' ', reading.Flags).Append(',')
        .Append(reading.MessageId).Append(EndOfLine);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
