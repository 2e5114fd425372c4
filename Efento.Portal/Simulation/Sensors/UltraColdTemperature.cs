namespace Efento.Portal.Simulation.Sensors;

/// <summary>An ultra-cold freezer: −82 to −77 °C with compressor cycles. °C, 0.1.</summary>
internal sealed record UltraColdTemperature() : SensorModel("temperature")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var celsius = Trait(seed, 1, -80.5, -78.5)
            + (1.1 * CompressorCycle.At(time, TimeSpan.FromMinutes(70), Trait(seed, 2, 0, 1)))
            + (0.3 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(11)));
        return SensorValue.Of(Math.Round(celsius, 1));
    }
}
