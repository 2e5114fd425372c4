namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A sensor that delivers a fixed value for a while instead of its measurements: a failure, an error code, or water detected.
/// </summary>
/// <param name="Inner">The sensor at all other times.</param>
/// <param name="When">The range of time.</param>
/// <param name="Instead">The value in that range.</param>
internal sealed record Interrupted(SensorModel Inner, Period When, SensorValue Instead) : SensorModel(Inner.Type)
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time) => When.Contains(time) ? Instead : Inner.At(seed, time);
}
