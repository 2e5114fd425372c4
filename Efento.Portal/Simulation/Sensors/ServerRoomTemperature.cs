namespace Efento.Portal.Simulation.Sensors;

/// <summary>A cooled server room: 20 to 24 °C with the cycles of its air conditioning. °C, 0.1.</summary>
internal sealed record ServerRoomTemperature() : SensorModel("temperature")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var celsius = Trait(seed, 1, 21.5, 22.5)
            + (0.7 * CompressorCycle.At(time, TimeSpan.FromMinutes(21), Trait(seed, 2, 0, 1)))
            + (0.3 * DayWave(time))
            + (0.2 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(8)));
        return SensorValue.Of(Math.Round(celsius, 1));
    }
}
