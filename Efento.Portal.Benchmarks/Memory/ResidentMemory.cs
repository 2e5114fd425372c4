using System.Globalization;

namespace Efento.Portal.Benchmarks.Memory;

/// <summary>What a process has resident, as Linux tells it.</summary>
/// <param name="Anonymous">Its own memory, in MB (10^6 bytes).</param>
/// <param name="Code">What is compiled while it runs, in MB.</param>
/// <param name="File">Files mapped into it, which the system may drop at any time, in MB.</param>
internal sealed record ResidentMemory(double Anonymous, double Code, double File)
{
    /// <summary>All of it, in MB.</summary>
    public double All => Anonymous + Code + File;

    /// <summary>What a process has resident now.</summary>
    public static ResidentMemory Of(int process)
    {
        var lines = System.IO.File.ReadAllLines($"/proc/{process}/status");
        return new ResidentMemory(Megabytes(lines, "RssAnon:"), Megabytes(lines, "RssShmem:"), Megabytes(lines, "RssFile:"));
    }

    private static double Megabytes(string[] lines, string name)
    {
        var text = Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))!;
        return double.Parse(text.AsSpan(name.Length).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
