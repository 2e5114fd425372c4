using System.Diagnostics;
using System.Reflection;

namespace Efento.Portal.Benchmarks.Servers;

/// <summary>How this program and the portal beside it are started again as processes.</summary>
internal static class SelfCommand
{
    /// <summary>This program with <paramref name="arguments"/>.</summary>
    public static ProcessStartInfo Create(params string[] arguments)
    {
        var start = Program(typeof(SelfCommand).Assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>The program of an assembly in this program's folder.</summary>
    public static ProcessStartInfo Program(Assembly assembly) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".dll")])
        {
            UseShellExecute = false,
        };
}
