using System.Reflection;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>Each rule of docs/design.md has a test that fails if a screen breaks it.</summary>
public sealed partial class ScreenRuleTests
{
    private static readonly IReadOnlyDictionary<int, string> Rules = Numbered().Matches(
        RepositoryFiles.TextOf("docs/design.md").Split("## Rules")[1].Split("\n## ")[0])
        .ToDictionary(m => int.Parse(m.Groups["number"].Value), m => m.Groups["text"].Value);

    public static TheoryData<ScreenRule> All => [.. Enum.GetValues<ScreenRule>()];

    [Fact]
    public void Rules_OfTheDocument_AreThoseThatTestsName() =>
        Assert.Equal(Rules.Keys.Order(), Enum.GetValues<ScreenRule>().Select(rule => (int)rule));

    [Theory]
    [MemberData(nameof(All))]
    public void Rule_Each_HasATest(ScreenRule rule) =>
        Assert.NotEmpty(
            from type in typeof(ScreenRuleTests).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetCustomAttributes<ProvesAttribute>().Any(proves => proves.Rule == rule)
            where method.GetCustomAttributes().OfType<FactAttribute>().Any()
            select method.Name);

    [GeneratedRegex(@"^(?<number>\d+)\. (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Numbered();
}
