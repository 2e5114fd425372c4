namespace Efento.Portal.Simulation.Sensors;

/// <summary>Pseudo-random numbers that depend only on their arguments, so that a value can be computed again at any time.</summary>
internal static class DeterministicNoise
{
    /// <summary>A well mixed 64-bit number (the finaliser of SplitMix64).</summary>
    public static ulong Hash(ulong seed, long slot)
    {
        var z = seed + (unchecked((ulong)slot + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    public static double Uniform(ulong seed, long slot) => (Hash(seed, slot) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from −1 to 1 that wanders from one value to the next within <paramref name="step"/>.</summary>
    public static double Smooth(ulong seed, DateTimeOffset time, TimeSpan step)
    {
        var slot = Math.DivRem(time.UtcTicks, step.Ticks, out var rest);
        var from = Uniform(seed, slot);
        var to = Uniform(seed, slot + 1);
        var share = (1 - Math.Cos(Math.PI * rest / step.Ticks)) / 2;
        return (2 * (from + ((to - from) * share))) - 1;
    }
}
