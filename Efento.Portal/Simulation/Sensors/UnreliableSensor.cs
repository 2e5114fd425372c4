namespace Efento.Portal.Simulation.Sensors;

/// <summary>A sensor that fails now and then: status ERROR without a value.</summary>
/// <param name="Inner">What it measures while it works.</param>
/// <param name="FailureShare">The share of measurements that fail, 0–1.</param>
internal sealed record UnreliableSensor(SensorModel Inner, double FailureShare) : SensorModel(Inner.Type)
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time) =>
        DeterministicNoise.Uniform(seed + 99, time.ToUnixTimeSeconds()) < FailureShare ? SensorValue.Failed : Inner.At(seed, time);
}
