namespace Efento.Portal.Tests.Support;

/// <summary>The clock of a real process, moved from outside by libfaketime; the process's own time (CLOCK_MONOTONIC) stays true.</summary>
public sealed class FakedClock : IDisposable
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private readonly TemporaryDirectory _directory = new();

    public FakedClock() => Move(TimeSpan.Zero);

    /// <summary>What the process is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_TIMESTAMP_FILE"] = File,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    private string File => Path.Combine(_directory.Path, "clock");

    /// <summary>Puts the clock so far from the true time, at once.</summary>
    public void Move(TimeSpan fromTrue)
    {
        // Replaced as a whole: the process reads it all the time.
        var next = $"{File}.next";
        System.IO.File.WriteAllText(next, FormattableString.Invariant($"{(fromTrue < TimeSpan.Zero ? "-" : "+")}{Math.Abs(fromTrue.TotalSeconds):0}s\n"));
        System.IO.File.Move(next, File, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
