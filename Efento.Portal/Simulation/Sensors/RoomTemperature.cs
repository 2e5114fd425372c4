namespace Efento.Portal.Simulation.Sensors;

/// <summary>A heated room: 18 to 25 °C, warmest in the afternoon. °C, 0.1.</summary>
public sealed record RoomTemperature() : SensorModel("temperature")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var celsius = Trait(seed, 1, 20, 22.5)
            + (1.3 * DayWave(time))
            + (0.7 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(50)));
        return SensorValue.Of(Math.Round(celsius, 1));
    }
}
