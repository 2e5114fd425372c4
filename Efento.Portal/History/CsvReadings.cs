using System.Buffers;
using System.Globalization;
using System.Text;
using Efento.Portal.Export;
using Efento.Portal.Measurements;
using Efento.Portal.ReadApi;

namespace Efento.Portal.History;

/// <summary>Readings as one table, byte for byte what <see cref="ReadingsCsv"/> writes, without a text for each line.</summary>
internal sealed class CsvReadings(ReceiptTimes receipts) : IReadingsForm
{
    /// <summary>Room for a line without its type and unit: two times, three numbers, status and all flags.</summary>
    private const int LineLength = 256;

    private readonly TimeText _measured = new();
    private readonly TimeText _received = new();
    private readonly Dictionary<MeasurementType, byte[]> _types = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> target) =>
        target.Write(Encoding.UTF8.GetBytes(ReadingsCsv.Header + CsvText.EndOfLine));

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> target, IReadOnlyList<SeriesReading> readings)
    {
        for (var i = 0; i < readings.Count; i++)
        {
            var one = readings[i];
            var type = CellsOf(one.Type);
            target.Advance(Line(target.GetSpan(LineLength + type.Length), one, type));
        }
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> target)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private int Line(Span<byte> line, in SeriesReading one, ReadOnlySpan<byte> type)
    {
        var text = new Utf8Line(line);
        var measurement = one.Reading.Measurement;
        text.Add(_measured.Of(one.Reading.MeasuredAtMs));
        text.Add(","u8);
        text.Add(_received.Of(receipts.ReceivedMs(one.Reading.MessageId)));
        text.Add(","u8);
        text.Add(one.Channel);
        text.Add(type);
        text.Add(measurement);
        text.Add(","u8);
        text.Add(measurement is null ? one.Reading.Value : null);
        text.Add(","u8);
        text.Add(ReadingWords.Of(one.Reading.Status));
        text.Add(","u8);
        if (one.Reading.Flags is not ReadingFlags.None)
        {
            text.Add(string.Join(' ', ReadingWords.Of(one.Reading.Flags)));
        }

        text.Add(","u8);
        text.Add(one.Reading.MessageId);
        text.Add("\r\n"u8);
        return text.Length;
    }

    /// <summary>The cells of the type and the unit, with the commas around them.</summary>
    private byte[] CellsOf(MeasurementType type)
    {
        if (!_types.TryGetValue(type, out var cells))
        {
            _types[type] = cells = Encoding.UTF8.GetBytes($",{CsvText.Cell(type.Name)},{CsvText.Cell(type.Unit)},");
        }

        return cells;
    }

    /// <summary>A line in room that is large enough.</summary>
    private ref struct Utf8Line(Span<byte> room)
    {
        private readonly Span<byte> _room = room;

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_room[Length..]);
            Length += bytes.Length;
        }

        public void Add(string words) => Length += Encoding.UTF8.GetBytes(words, _room[Length..]);

        public void Add(long number)
        {
            number.TryFormat(_room[Length..], out var written, default, CultureInfo.InvariantCulture);
            Length += written;
        }

        public void Add(double? number)
        {
            if (number is { } value)
            {
                value.TryFormat(_room[Length..], out var written, default, CultureInfo.InvariantCulture);
                Length += written;
            }
        }
    }
}
