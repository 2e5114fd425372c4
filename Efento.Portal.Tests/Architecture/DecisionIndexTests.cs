using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>docs/decisions/README.md is the index of the decisions beside it.</summary>
public sealed partial class DecisionIndexTests
{
    private const string Folder = "docs/decisions/";
    private static readonly List<GroupCollection> Rows = [.. Row().Matches(RepositoryFiles.TextOf($"{Folder}README.md")).Select(row => row.Groups)];

    [Fact]
    public void Index_EachDecision_IsListedWithItsNumberAndTitle()
    {
        var decisions = RepositoryFiles.All().Where(file => Decision().IsMatch(file)).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(decisions);
        Assert.Equal(
            decisions.Select(file => (file[Folder.Length..][..4], TitleOf(file), file[Folder.Length..])),
            Rows.Select(row => (row["number"].Value, row["title"].Value, row["file"].Value)));
    }

    [Fact]
    public void Index_EachDecision_HasADateAndAStatus()
    {
        var files = Rows.Select(row => row["file"].Value).ToHashSet();

        Assert.NotEmpty(files);
        Assert.All(Rows, row =>
        {
            Assert.True(DateOnly.TryParseExact(row["date"].Value, "yyyy-MM-dd", out _));
            Assert.True(
                row["status"].Value == "in force"
                    || (Superseded().Match(row["status"].Value) is { Success: true } by && files.Contains(by.Groups[1].Value)));
        });
    }

    [Fact]
    public void Numbers_OfDecisions_AreGivenOnce() => Assert.Equal(Rows.Count, Rows.Select(row => row["number"].Value).Distinct().Count());

    private static string TitleOf(string file) => File.ReadLines(RepositoryFiles.PathOf(file)).First()["# ".Length..];

    [GeneratedRegex("^docs/decisions/[0-9]{4}-.*\\.md$")]
    private static partial Regex Decision();

    [GeneratedRegex(@"^\| (?<number>\d{4}) \| \[(?<title>.+)\]\((?<file>.+)\) \| (?<date>.+) \| (?<status>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^superseded by \[\d{4}\]\((.+)\)$")]
    private static partial Regex Superseded();
}
