namespace Efento.Portal.Tests.Support;

/// <summary>
/// Starts programs as a usual shell does, which lets everybody read new files: portals within the tests' own process have changed that for
/// whatever it starts. They live for seconds, so code is not measured for making it faster later. Ctrl+C reaches them even if the tests
/// run in the background of a script, which ignores it for all that it starts.
/// </summary>
public static class UsualShell
{
    private const string Usual = "umask 022; export DOTNET_TieredPGO=0; exec";

    /// <summary>The command that starts another one so; on Windows it is that one.</summary>
    public static string[] Of(params string[] command) =>
        OperatingSystem.IsWindows() ? command : ["/bin/sh", "-c", $"{Usual} {Interruptible} \"$@\"", "sh", .. command];

    // Of the coreutils alone, which macOS does not have.
    private static string Interruptible => OperatingSystem.IsLinux() ? "env --default-signal=INT" : "env";
}
