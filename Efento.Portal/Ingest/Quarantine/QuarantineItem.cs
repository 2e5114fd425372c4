using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Ingest.Quarantine;

/// <summary>
/// A body, or a part of one, that could not be used. The raw bytes are kept until somebody decides what to do. Identical parts are kept
/// once and counted.
/// </summary>
public sealed class QuarantineItem
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The token it came with.</summary>
    public required int TokenId { get; init; }

    /// <summary>The gateway it came from; null if unknown.</summary>
    public int? GatewayId { get; init; }

    /// <summary>The first message it came in.</summary>
    public required long MessageId { get; init; }

    /// <summary>Why it was set aside.</summary>
    public required RejectReason Reason { get; set; }

    /// <summary>The scope of the part.</summary>
    public required RejectScope Scope { get; set; }

    /// <summary>SHA-256 of the raw bytes.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>
    /// The raw bytes, Brotli-compressed: the whole body, or the record that contains the bad part. Empty when it was read again.
    /// </summary>
    public required byte[] Raw { get; set; }

    /// <summary>How often it came.</summary>
    public int Count { get; set; }

    /// <summary>When it came for the first time, Unix ms.</summary>
    public required long FirstMs { get; init; }

    /// <summary>When it came for the last time, Unix ms.</summary>
    public long LastMs { get; set; }

    /// <summary>When it was read again and stored, Unix ms; null if it was not.</summary>
    public long? ReadAgainMs { get; set; }
}
