namespace Efento.Portal.Simulation.Sensors;

/// <summary>The saw tooth of a cooling compressor. It falls quickly while the compressor runs and rises slowly while it is off.</summary>
internal static class CompressorCycle
{
    private const double RunningShare = 0.35;

    /// <summary>−1 just after the compressor stopped, 1 just before it starts.</summary>
    public static double At(DateTimeOffset time, TimeSpan period, double phase)
    {
        var position = ((time.UtcTicks / (double)period.Ticks) + phase) % 1;
        return position < RunningShare
            ? 1 - (2 * position / RunningShare)
            : (2 * (position - RunningShare) / (1 - RunningShare)) - 1;
    }
}
