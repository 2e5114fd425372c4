using System.Runtime.CompilerServices;

namespace Efento.Portal.Tests.Support;

/// <summary>Files of the repository the tests were built from.</summary>
public static class RepositoryFiles
{
    /// <summary>The full path of a file in the repository.</summary>
    public static string PathOf(string file) => Path.Combine(Root(), file);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
