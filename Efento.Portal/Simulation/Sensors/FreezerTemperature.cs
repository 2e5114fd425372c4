namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// A freezer: −24 to −18 °C with compressor cycles and a defrosting of half an hour, warmer by up to 4 °C, every 12 hours. °C, 0.1.
/// </summary>
internal sealed record FreezerTemperature() : SensorModel("temperature")
{
    private static readonly TimeSpan DefrostEvery = TimeSpan.FromHours(12);
    private static readonly TimeSpan DefrostFor = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var celsius = Trait(seed, 1, -22.5, -20.5)
            + (0.9 * CompressorCycle.At(time, TimeSpan.FromMinutes(48), Trait(seed, 2, 0, 1)))
            + (0.2 * DeterministicNoise.Smooth(seed + 1, time, TimeSpan.FromMinutes(9)))
            + DefrostWarmth(seed, time);
        return SensorValue.Of(Math.Round(celsius, 1));
    }

    private static double DefrostWarmth(ulong seed, DateTimeOffset time)
    {
        var offset = (long)(Trait(seed, 3, 0, 1) * DefrostEvery.Ticks);
        var position = (time.UtcTicks + offset) % DefrostEvery.Ticks;
        return position < DefrostFor.Ticks ? 4 * Math.Sin(Math.PI * position / DefrostFor.Ticks) : 0;
    }
}
