namespace Efento.Portal.Ingest.Ledger;

/// <summary>One of the last raw bodies of a gateway.</summary>
public sealed class KeptBody
{
    /// <summary>The message.</summary>
    public required long MessageId { get; init; }

    /// <summary>The gateway; 0 for a message of a shared token that belongs to no known gateway.</summary>
    public required int GatewayId { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>The size of the decompressed body in bytes; 0 for bodies that earlier versions kept.</summary>
    public required long Bytes { get; init; }

    /// <summary>The body, or the beginning of a large one (<see cref="BodyArchive.MostKept"/>), Brotli-compressed.</summary>
    public required byte[] Raw { get; init; }
}

/// <summary>A set of fields in bodies that were received. It shows what gateways really send.</summary>
public sealed class SeenShape
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The path such bodies were posted to.</summary>
    public required string Route { get; init; }

    /// <summary>The fingerprint of the shape.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The fields and their JSON kinds, one on each line.</summary>
    public required string Fields { get; init; }

    /// <summary>The size of the decompressed example in bytes; 0 for examples that earlier versions kept.</summary>
    public required long ExampleBytes { get; init; }

    /// <summary>The first such body, or the beginning of a large one (<see cref="BodyArchive.MostKept"/>), Brotli-compressed.</summary>
    public required byte[] Example { get; init; }

    /// <summary>How many such bodies were received.</summary>
    public long Count { get; set; }

    /// <summary>When the first one was received.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>When the last one was received.</summary>
    public DateTimeOffset LastSeenUtc { get; set; }
}
