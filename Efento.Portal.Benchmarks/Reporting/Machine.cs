using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Efento.Portal.Benchmarks.Reporting;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>One line: date, cores, runtime, system and how long a sync of 4 KB takes where the databases are.</summary>
    public static string Describe(string directory) => string.Create(CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC · {Environment.ProcessorCount} cores · {RuntimeInformation.FrameworkDescription} · {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture} · fsync {MedianSync(directory).TotalMicroseconds:0} µs");

    /// <summary>
    /// The median time in which one core sorts 100,000 random numbers, in ms. Limits of work that the processor bounds are multiples of it,
    /// so that they mean the same on a slower machine.
    /// </summary>
    public static double ReferenceMs()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();
        var times = Enumerable.Range(0, 101).Select(_ => Sort((double[])numbers.Clone()).TotalMilliseconds).Order().ToArray();
        return times[times.Length / 2];
    }

    /// <summary>One line that says what the reference is and how long it took.</summary>
    public static string DescribeReference(double referenceMs) => string.Create(
        CultureInfo.InvariantCulture, $"the reference, 100,000 numbers sorted on one core: {referenceMs:0.0} ms");

    /// <summary>The processes that ran or waited to run in the last 1, 5 and 15 minutes.</summary>
    public static string LoadAverage() => string.Join(", ", File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>The free space of the disk a directory is on, in bytes.</summary>
    public static long FreeBytes(string directory) => new DriveInfo(directory).AvailableFreeSpace;

    private static TimeSpan MedianSync(string directory)
    {
        var path = Path.Combine(directory, "sync.probe");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        var times = Enumerable.Range(0, 101).Select(i => Sync(file, block, i * (long)block.Length)).Order().ToArray();
        return times[times.Length / 2];
    }

    private static TimeSpan Sort(double[] numbers)
    {
        var begin = Stopwatch.GetTimestamp();
        Array.Sort(numbers);
        return Stopwatch.GetElapsedTime(begin);
    }

    private static TimeSpan Sync(SafeFileHandle file, byte[] block, long offset)
    {
        RandomAccess.Write(file, block, offset);
        var begin = Stopwatch.GetTimestamp();
        RandomAccess.FlushToDisk(file);
        return Stopwatch.GetElapsedTime(begin);
    }
}
