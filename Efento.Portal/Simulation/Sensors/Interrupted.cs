namespace Efento.Portal.Simulation.Sensors;

/// <summary>A sensor that says one and the same for a while, whatever it would measure: that it failed, an error code, that it lies in water.</summary>
/// <param name="Inner">What it measures else.</param>
/// <param name="When">For how long.</param>
/// <param name="Instead">What it says then.</param>
public sealed record Interrupted(SensorModel Inner, Stretch When, SensorValue Instead) : SensorModel(Inner.Type)
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time) => When.Contains(time) ? Instead : Inner.At(seed, time);
}
