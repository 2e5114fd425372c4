using System.Diagnostics;

namespace Efento.Portal.Tests.Support;

/// <summary>
/// A library that fails or stalls the syncs of the portal's database on order, and tells in which order it wrote, synced and answered.
/// Needs Linux and gcc: faults of a disk can't be had otherwise.
/// </summary>
public sealed class FaultyDisk : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private FaultyDisk()
    {
    }

    /// <summary>What a process needs to have its disk at fault.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Path.Combine(_directory.Path, "faulty-disk.so"),
        ["FAULTY_DISK"] = _directory.Path,
    };

    /// <summary>While true, syncs fail with EIO.</summary>
    public bool Fails
    {
        set => Order("eio", value);
    }

    /// <summary>While true, syncs don't return.</summary>
    public bool Stalls
    {
        set => Order("stall", value);
    }

    /// <summary>While true, writes to the write-ahead log (W), syncs (S) and answers 201 (A) are taken down.</summary>
    public bool Tells
    {
        set => Order("log", value);
    }

    /// <summary>What was taken down, one letter each.</summary>
    public string Told => File.ReadAllText(Path.Combine(_directory.Path, "log")).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Builds the library.</summary>
    public static async Task<FaultyDisk> BuildAsync()
    {
        var disk = new FaultyDisk();
        var source = Path.Combine(AppContext.BaseDirectory, "Support", "faulty-disk.c");
        await Commands.RunAsync("gcc", "-shared", "-fPIC", "-O1", "-o", disk.Environment["LD_PRELOAD"], source, "-ldl");
        return disk;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private void Order(string name, bool on)
    {
        var path = Path.Combine(_directory.Path, name);
        if (on)
        {
            File.WriteAllText(path, "");
        }
        else
        {
            File.Delete(path);
        }
    }
}

/// <summary>Runs the system's own programs.</summary>
public static class Commands
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end; fails the test with what it said if it is missing or ends with an error.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"This test needs the program {program} of the system (Linux).", missing);
        }

        using (process)
        {
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            Assert.True(
                process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed; this test needs it, and its rights: {said}");
        }
    }
}
