namespace Efento.Portal.Simulation.Sensors;

/// <summary>A leak sensor: "dry", and about once in two months "water detected" for half an hour to three hours.</summary>
internal sealed record LeakSensor() : SensorModel("flooding")
{
    /// <summary>The word for water detected.</summary>
    public static SensorValue Wet { get; } = SensorValue.Of("water detected");

    private static readonly SensorValue Dry = SensorValue.Of("dry");

    /// <inheritdoc/>
    public override SensorValue At(ulong seed, DateTimeOffset time)
    {
        var day = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerDay, out var ticks);
        var hour = ticks / (double)TimeSpan.TicksPerHour;
        var begin = 20 * DeterministicNoise.Uniform(seed + 32, day);
        var hours = 0.5 + (2.5 * DeterministicNoise.Uniform(seed + 33, day));
        return DeterministicNoise.Uniform(seed + 31, day) < 1 / 60.0 && hour >= begin && hour < begin + hours ? Wet : Dry;
    }
}
