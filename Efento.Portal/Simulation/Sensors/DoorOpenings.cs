namespace Efento.Portal.Simulation.Sensors;

/// <summary>
/// The times when a door with a given seed is open: often in working hours (06:00–18:00 UTC, Monday to Friday), seldom otherwise, for 15 to
/// 120 s each.
/// </summary>
internal static class DoorOpenings
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(10);

    /// <summary>The openings that began within the last <paramref name="window"/>.</summary>
    public static IEnumerable<(double SecondsSinceOpened, double SecondsOpen)> Before(ulong seed, DateTimeOffset time, TimeSpan window)
    {
        var newest = time.UtcTicks / Slot.Ticks;
        var oldest = time.Subtract(window).UtcTicks / Slot.Ticks;
        for (var slot = oldest; slot <= newest; slot++)
        {
            var since = (time.UtcTicks - OpenedAtTicks(seed, slot)) / (double)TimeSpan.TicksPerSecond;
            if (since >= 0 && IsOpened(seed, slot))
            {
                yield return (since, SecondsOpen(seed, slot));
            }
        }
    }

    /// <summary>Whether the door is open.</summary>
    public static bool IsOpen(ulong seed, DateTimeOffset time)
    {
        foreach (var (since, open) in Before(seed, time, Slot))
        {
            if (since < open)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpened(ulong seed, long slot)
    {
        var time = new DateTime(slot * Slot.Ticks, DateTimeKind.Utc);
        var atWork = time is { Hour: >= 6 and < 18, DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday) };
        return DeterministicNoise.Uniform(seed + 11, slot) < (atWork ? 0.3 : 0.02);
    }

    private static long OpenedAtTicks(ulong seed, long slot) =>
        (slot * Slot.Ticks) + (long)(DeterministicNoise.Uniform(seed + 12, slot) * Slot.Ticks);

    private static double SecondsOpen(ulong seed, long slot) => 15 + (105 * DeterministicNoise.Uniform(seed + 13, slot));
}
