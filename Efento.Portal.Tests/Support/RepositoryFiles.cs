using System.Runtime.CompilerServices;

namespace Efento.Portal.Tests.Support;

/// <summary>Files of the repository the tests were built from.</summary>
public static class RepositoryFiles
{
    private static readonly string[] Made = [".git", "bin", "obj", "node_modules", "data", "TestResults", "BenchmarkDotNet.Artifacts", "artifacts", "assets"];

    /// <summary>The full path of a file in the repository.</summary>
    public static string PathOf(string file) => Path.Combine(Root(), file);

    /// <summary>The text of a file in the repository.</summary>
    public static string TextOf(string file) => File.ReadAllText(PathOf(file));

    /// <summary>
    /// Every file somebody wrote, as a path from the root with "/" between its parts; what builds and runs make is left out.
    /// </summary>
    public static IReadOnlyList<string> All() =>
        [.. In(new DirectoryInfo(Root())).Select(path => Path.GetRelativePath(Root(), path).Replace('\\', '/'))];

    private static IEnumerable<string> In(DirectoryInfo directory) =>
        directory.EnumerateFiles().Select(file => file.FullName)
            .Concat(directory.EnumerateDirectories().Where(below => !Made.Contains(below.Name)).SelectMany(In));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
