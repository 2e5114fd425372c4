namespace Efento.Portal.Tests.Support;

/// <summary>
/// Starts programs as a usual shell does, which lets everybody read new files: portals within the tests' own process have changed that for
/// whatever it starts. They live for seconds, so code is not measured for making it faster later.
/// </summary>
public static class UsualShell
{
    /// <summary>The command that starts another one so; on Windows it is that one.</summary>
    public static string[] Of(params string[] command) =>
        OperatingSystem.IsWindows() ? command : ["/bin/sh", "-c", "umask 022; export DOTNET_TieredPGO=0; exec \"$@\"", "sh", .. command];
}
