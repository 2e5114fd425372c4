namespace Efento.Portal.Simulation.Sensors;

/// <summary>The relative humidity of a closed showcase: 48 to 52 %, because it follows its room only slowly. %, 0.1.</summary>
internal sealed record ShowcaseHumidity() : SensorModel("humidity")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var percent = Trait(seed, 21, 49.2, 50.8)
            + (0.8 * DeterministicNoise.Smooth(seed + 2, time, TimeSpan.FromHours(15)))
            - (0.2 * DayWave(time))
            + (0.1 * DeterministicNoise.Smooth(seed + 3, time, TimeSpan.FromMinutes(20)));
        return SensorValue.Of(Math.Round(percent, 1));
    }
}
