using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>Code fits a screen beside another file. Texts in quotes don't count: a sentence is found as a whole, or not at all.</summary>
public sealed partial class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void Lines_OfCode_FitAScreen() => Assert.Empty(
        RepositoryFiles.All().Where(IsWritten).SelectMany(TooLong));

    private static bool IsWritten(string path) =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal);

    private static IEnumerable<string> TooLong(string path) => Raw()
        .Replace(RepositoryFiles.TextOf(path), raw => new string('\n', raw.Value.Count(c => c == '\n')))
        .Split('\n')
        .Select((line, index) => (Code: Quoted().Replace(line, "\"\""), Number: index + 1))
        .Where(line => line.Code.Length > Longest)
        .Select(line => $"{path}:{line.Number} {line.Code}");

    [GeneratedRegex("\"{3,}.*?\"{3,}", RegexOptions.Singleline)]
    private static partial Regex Raw();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Quoted();
}
