using System.Text.Json.Serialization;

namespace Efento.Portal.Measurements;

/// <summary>A reading as the read API returns it.</summary>
public sealed record ReadingItem
{
    /// <summary>When the logger measured.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>When the portal received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The logger's channel, 1–255.</summary>
    public required int Channel { get; init; }

    /// <summary>What is measured.</summary>
    public required string Type { get; init; }

    /// <summary>The unit of the value, empty if there is none.</summary>
    public required string Unit { get; init; }

    /// <summary>The value; null if the logger delivered none or an error code.</summary>
    public required double? Value { get; init; }

    /// <summary>The sensor's error code; present only if the sensor sent one instead of a value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ErrorCode { get; init; }

    /// <summary>
    /// The logger's status of the value: VALID, ERROR, NO_VALUE, INCOMPLETE, OUT_OF_RANGE, NOT_CALIBRATED, NOT_STABILIZED or UNKNOWN.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The portal's remarks: outOfRange, errorCode, clockAhead, conflict.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>The message it came with.</summary>
    public required long MessageId { get; init; }

    /// <summary>A reading as the read API returns it.</summary>
    public static ReadingItem Of(SeriesReading one, ReceiptTimes receipts) => new()
    {
        MeasuredAt = one.Reading.MeasuredAtUtc,
        ReceivedAt = receipts.ReceivedAtUtc(one.Reading.MessageId),
        Channel = one.Channel,
        Type = one.Type.Name,
        Unit = one.Type.Unit,
        Value = one.Reading.Measurement,
        ErrorCode = one.Reading.Measurement is null ? one.Reading.Value : null,
        Status = ReadingWords.Of(one.Reading.Status),
        Flags = ReadingWords.Of(one.Reading.Flags),
        MessageId = one.Reading.MessageId,
    };
}
