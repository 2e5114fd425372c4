namespace Efento.Portal.Tests.Support;

/// <summary>
/// The clock of a real process, moved from outside; the process's own time (CLOCK_MONOTONIC) stays true. Needs Linux and gcc.
/// </summary>
public sealed class FakedClock : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private FakedClock() => Move(TimeSpan.Zero);

    /// <summary>What a process needs to have its clock moved.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Path.Combine(_directory.Path, "faked-clock.so"),
        ["FAKED_CLOCK"] = Path.Combine(_directory.Path, "clock"),
    };

    /// <summary>Builds the library.</summary>
    public static async Task<FakedClock> BuildAsync()
    {
        var clock = new FakedClock();
        var source = Path.Combine(AppContext.BaseDirectory, "Support", "faked-clock.c");
        await Commands.RunAsync("gcc", "-shared", "-fPIC", "-O1", "-o", clock.Environment["LD_PRELOAD"], source, "-ldl");
        return clock;
    }

    /// <summary>Puts the clock so far from the true time, at once.</summary>
    public void Move(TimeSpan fromTrue)
    {
        // In place: the process has the file in its memory.
        using var file = File.Open(Environment["FAKED_CLOCK"], FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes((long)fromTrue.TotalMicroseconds * 1_000));
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
