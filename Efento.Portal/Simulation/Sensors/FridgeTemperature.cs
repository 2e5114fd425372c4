namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A fridge for medicines: about 3.5 to 6 °C with compressor cycles; each door opening warms it by up to 2.5 °C for some minutes. °C, 0.1.
/// </summary>
internal sealed record FridgeTemperature() : SensorModel("temperature")
{
    private const double WarmingPerSecond = 0.02;
    private const double RecoverySeconds = 600;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(60);

    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var period = TimeSpan.FromMinutes(Math.Round(Trait(seed, 1, 22, 40)));
        var celsius = Trait(seed, 2, 4.2, 5.2)
            + (0.6 * CompressorCycle.At(time, period, Trait(seed, 3, 0, 1)))
            + (0.15 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(7)))
            + WarmthOfOpenings(seed, time);
        return SensorValue.Of(Math.Round(celsius, 1));
    }

    private static double WarmthOfOpenings(ulong seed, DateTimeOffset time)
    {
        var warmth = 0.0;
        foreach (var (since, open) in DoorOpenings.Before(seed, time, Memory))
        {
            var closedFor = Math.Max(0, since - open);
            warmth += WarmingPerSecond * Math.Min(since, open) * Math.Exp(-closedFor / RecoverySeconds);
        }

        return warmth;
    }
}
