using System.Diagnostics;
using System.Reflection;

namespace Efento.Portal.Components.Pages.Help;

/// <summary>Which version runs, and since when.</summary>
internal sealed class PortalVersion(TimeProvider time)
{
    private const int ShortCommit = 10;
    private static readonly Assembly Program = typeof(PortalVersion).Assembly;
    private static readonly string[] Parts =
        (Program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+', 2);

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>The licence of the portal itself.</summary>
    public static string Licence { get; } = Read("LICENSE");

    /// <summary>The version, such as "0.1.0".</summary>
    public static string Number => Parts[0];

    /// <summary>The commit it was built from, shortened; null if it is not known.</summary>
    public static string? Commit => Parts is [_, var commit] ? commit[..Math.Min(ShortCommit, commit.Length)] : null;

    /// <summary>When the portal was started, by the clock as it goes now: the clock may have been corrected since.</summary>
    public DateTimeOffset RunningSinceUtc => time.GetUtcNow() - Stopwatch.GetElapsedTime(_started);

    private static string Read(string name)
    {
        using var reader = new StreamReader(Program.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
