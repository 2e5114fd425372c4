using System.Reflection;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>What documents call by its name in the code is there: types, members, settings, files.</summary>
public sealed partial class DocumentNameTests
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>
    /// Other people's names for what was not chosen or is set outside, an example, and what is to come or is made by a build.
    /// </summary>
    private static readonly string[] Elsewhere =
        ["SignInManager", "IStringLocalizer", "GCHeapHardLimit", "DOTNET_GCGen0MaxBudget", "buildTimeout", "RunAnalyzers", "ThingsText", "Alarms/", "obj/"];

    private static readonly IReadOnlyList<string> Files = RepositoryFiles.All();

    public static TheoryData<string> Documents => [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Name_InADocument_StandsInTheCode(string document) =>
        Assert.Empty(
            from code in Code(document)
            from Match word in Humped().Matches(code)
            where !Words.Value.Contains(word.Value) && !Elsewhere.Contains(word.Value)
            select word.Value);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Member_InADocument_IsOneOfItsType(string document) =>
        Assert.Empty(
            from code in Code(document)
            from Match named in TypeAndMember().Matches(code)
            let types = Types.Value[named.Groups["type"].Value].ToList()
            where types.Count > 0 && !types.Exists(type => HasMember(type, named.Groups["member"].Value))
            select named.Value);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Path_InADocument_LeadsToAFile(string document) =>
        Assert.Empty(
            from code in Code(document).Except(Elsewhere)
            let path = FilePath().Match(code)
            where path.Success && !Files.Any(file => $"/{file}".Contains($"/{path.Groups[1].Value}", StringComparison.Ordinal))
            select code);

    private static readonly Lazy<HashSet<string>> Words = new(() =>
    [
        .. Files.Where(file => Source().IsMatch(file) && !file.EndsWith($"{nameof(DocumentNameTests)}.cs", StringComparison.Ordinal))
            .SelectMany(file => Word().Matches(RepositoryFiles.TextOf(file))).Select(word => word.Value),
    ]);

    private static readonly Lazy<ILookup<string, Type>> Types = new(() =>
        new[] { typeof(Program).Assembly, typeof(DocumentNameTests).Assembly }.SelectMany(
            assembly => assembly.GetTypes()).ToLookup(type => type.Name.Split('`')[0]));

    private static IEnumerable<string> Code(string document) =>
        InCode().Matches(Fence().Replace(RepositoryFiles.TextOf(document), "")).Select(code => code.Groups[1].Value);

    private static bool HasMember(Type type, string member) =>
        type.GetMember(member, Any).Length > 0 || type.GetNestedType(member, Any) is not null;

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex InCode();

    [GeneratedRegex(@"\b[A-Za-z_]\w*[a-z][A-Z]\w*\b")]
    private static partial Regex Humped();

    [GeneratedRegex(@"(?<![\w.])(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)\b")]
    private static partial Regex TypeAndMember();

    [GeneratedRegex(@"^((?:[A-Za-z.-]+/)+(?:[A-Z][A-Za-z]*|[a-z-]+(?=\.))?(?:\.[A-Za-z]+)*)$")]
    private static partial Regex FilePath();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\.(cs|razor|ts|mjs|json|csproj|props|targets|css|c|resx)$|^\.ci/run$")]
    private static partial Regex Source();
}
