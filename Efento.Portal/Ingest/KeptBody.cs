namespace Efento.Portal.Ingest;

/// <summary>One of the last raw bodies of a gateway.</summary>
public sealed class KeptBody
{
    /// <summary>The message.</summary>
    public required long MessageId { get; init; }

    /// <summary>The gateway; 0 for messages of a token that several gateways share.</summary>
    public required int GatewayId { get; init; }

    /// <summary>The path it was posted to.</summary>
    public required string Route { get; init; }

    /// <summary>The body's size in bytes, inflated; 0 for those kept before it was noted.</summary>
    public required long Bytes { get; init; }

    /// <summary>The body, or the beginning of a large one (<see cref="BodyArchive.MostKept"/>), Brotli-compressed.</summary>
    public required byte[] Raw { get; init; }
}

/// <summary>A set of fields that bodies were seen to have: how the portal learns what real gateways send.</summary>
public sealed class SeenShape
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The path such bodies were posted to.</summary>
    public required string Route { get; init; }

    /// <summary>What identifies the shape.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The fields and their JSON kinds, one a line.</summary>
    public required string Fields { get; init; }

    /// <summary>The size of the first such body in bytes, inflated; 0 for those seen before it was noted.</summary>
    public required long ExampleBytes { get; init; }

    /// <summary>The first such body, or the beginning of a large one (<see cref="BodyArchive.MostKept"/>), Brotli-compressed.</summary>
    public required byte[] Example { get; init; }

    /// <summary>How many were seen.</summary>
    public long Count { get; set; }

    /// <summary>When the first was seen.</summary>
    public required DateTimeOffset FirstSeenUtc { get; init; }

    /// <summary>When the last was seen.</summary>
    public DateTimeOffset LastSeenUtc { get; set; }
}
