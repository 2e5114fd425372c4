namespace Efento.Portal.Simulation.Sensors;

/// <summary>One channel of a simulated logger. Its value depends only on the seed and the time.</summary>
/// <param name="Type">The measurement type's wire name.</param>
public abstract record SensorModel(string Type)
{
    /// <summary>The value of the sensor with this seed at this time, at the resolution of its type.</summary>
    public abstract SensorValue At(ulong seed, DateTimeOffset time);

    /// <summary>
    /// A number that stays the same for a seed, from <paramref name="from"/> to <paramref name="to"/>; <paramref name="trait"/> tells
    /// traits apart.
    /// </summary>
    protected static double Trait(ulong seed, long trait, double from, double to) =>
        from + ((to - from) * DeterministicNoise.Uniform(seed ^ 0x5EED_0F_7EA17, trait));

    /// <summary>How warm the day is at this time: −1 at 03:00 UTC, 1 at 15:00 UTC.</summary>
    protected static double DayWave(DateTimeOffset time) =>
        Math.Cos(2 * Math.PI * (time.UtcDateTime.TimeOfDay.TotalHours - 15) / 24);
}
