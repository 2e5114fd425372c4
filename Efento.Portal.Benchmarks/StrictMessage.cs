using System.Text.Json.Serialization;

namespace Efento.Portal.Benchmarks;

/// <summary>The least a reader can do: one spelling, no tolerance, nothing set aside.</summary>
internal sealed class StrictMessage
{
    public required StrictRecord[] Measurements { get; init; }
}

/// <summary>A record of a <see cref="StrictMessage"/>.</summary>
internal sealed class StrictRecord
{
    public required string Serial { get; init; }

    public int ResponseHandle { get; init; }

    public string? Battery { get; init; }

    public int Signal { get; init; }

    public required string MeasuredAt { get; init; }

    public int MeasurementInterval { get; init; }

    public string? NextMeasurementAt { get; init; }

    public required StrictParam[] Params { get; init; }
}

/// <summary>A param of a <see cref="StrictRecord"/>.</summary>
internal sealed class StrictParam
{
    public int Channel { get; init; }

    public required string Type { get; init; }

    public double Value { get; init; }

    public string? Status { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StrictMessage))]
internal sealed partial class StrictJson : JsonSerializerContext;
