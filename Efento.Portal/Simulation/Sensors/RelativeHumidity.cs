namespace Efento.Portal.Simulation.Sensors;

/// <summary>The relative humidity of a room or a fridge: 30 to 70 %, driest in the afternoon. %, 1.</summary>
public sealed record RelativeHumidity() : SensorModel("humidity")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var percent = Trait(seed, 21, 42, 56)
            - (4 * DayWave(time))
            + (6 * DeterministicNoise.Smooth(seed + 2, time, TimeSpan.FromMinutes(40)));
        return SensorValue.Of(Math.Round(percent));
    }
}
