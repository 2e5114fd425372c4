using Efento.Portal.Simulation.Sensors;

namespace Efento.Portal.Simulation;

/// <summary>A measurement of a logger, as it is sent.</summary>
/// <param name="Serial">The logger.</param>
/// <param name="MeasuredAtUtc">When, to the second.</param>
/// <param name="Interval">The measurement interval; the next one is due that much later.</param>
/// <param name="Battery">"ok" or "low".</param>
/// <param name="Signal">Signal strength in dBm, −32 to −100.</param>
/// <param name="Channels">The values, channel by channel.</param>
public sealed record LoggerMeasurement(
    string Serial,
    DateTimeOffset MeasuredAtUtc,
    TimeSpan Interval,
    string Battery,
    int Signal,
    IReadOnlyList<ChannelValue> Channels)
{
    /// <summary>When the logger measures next.</summary>
    public DateTimeOffset NextMeasurementAtUtc => MeasuredAtUtc + Interval;
}

/// <summary>One channel of a measurement.</summary>
/// <param name="Channel">The channel, 1–6.</param>
/// <param name="Type">The measurement type's wire name.</param>
/// <param name="Value">What the sensor delivered.</param>
public readonly record struct ChannelValue(int Channel, string Type, SensorValue Value);
