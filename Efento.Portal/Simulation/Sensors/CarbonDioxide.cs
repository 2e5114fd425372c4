namespace Efento.Portal.Simulation.Sensors;

/// <summary>The CO₂ of a meeting room: about 420 ppm when empty, up to 1,600 ppm while people meet. ppm, 1.</summary>
public sealed record CarbonDioxide() : SensorModel("co2")
{
    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var atWork = Math.Max(0, DayWave(time.AddHours(2.5)));
        var people = Math.Max(0, DeterministicNoise.Smooth(seed + 3, time, TimeSpan.FromMinutes(45)));
        var ppm = 420
            + (1_100 * atWork * people)
            + (15 * DeterministicNoise.Smooth(seed + 4, time, TimeSpan.FromMinutes(4)));
        return SensorValue.Of(Math.Round(ppm));
    }
}
