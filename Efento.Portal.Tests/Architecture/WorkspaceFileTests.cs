using System.Text.Json;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>
/// The files with which people begin to work on the portal: editors can read them, and they say what the rest of the repository says.
/// </summary>
public sealed partial class WorkspaceFileTests
{
    private const string LaunchSettings = "Efento.Portal/Properties/launchSettings.json";
    private const string DevContainer = ".devcontainer/devcontainer.json";

    public static TheoryData<string> Files => [.. RepositoryFiles.All().Where(file => file == LaunchSettings || Folder().IsMatch(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfAnEditor_IsJson(string file) => Assert.Equal(JsonValueKind.Object, Read(file).ValueKind);

    /// <summary>
    /// The first profile is the one of <c>dotnet run</c> in the README: address, environment and arguments are not to differ.
    /// </summary>
    [Fact]
    public void Profile_First_ChangesNothingForTheReadmesCommand()
    {
        var first = Read(LaunchSettings).GetProperty("profiles").EnumerateObject().First().Value;

        Assert.Equal(["commandName"], first.EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Demo")]
    public void Profile_ForDevelopers_TellsErrorsInDetail(string name)
    {
        var environment = Read(LaunchSettings).GetProperty("profiles").GetProperty(name).GetProperty("environmentVariables");

        Assert.Equal(
            ("Development", "true"),
            (
                environment.GetProperty("ASPNETCORE_ENVIRONMENT").GetString(),
                environment.GetProperty("ASPNETCORE_DETAILEDERRORS").GetString()));
    }

    [Fact]
    public void DevContainer_HasTheSdkAndTheTools_ThatChecksNeed()
    {
        var container = Read(DevContainer);
        var sdk = container.GetProperty("features")
            .EnumerateObject()
            .Single(feature => feature.Name.Contains("/dotnet:", StringComparison.Ordinal)).Value;
        var tools = Tools().Match(RepositoryFiles.TextOf(".ci/run")).Groups[1].Value.Split(' ');

        Assert.Equal(Read("global.json").GetProperty("sdk").GetProperty("version").GetString(), sdk.GetProperty("version").GetString());
        Assert.Empty(tools.Except(container.GetProperty("onCreateCommand").GetString()!.Split(' ')));
    }

    /// <summary>What leaves out the slow tests names each of their categories, wherever it is written.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData(".vscode/tasks.json")]
    public void Filter_OfQuickTests_LeavesOutEveryCategory(string file)
    {
        var categories = typeof(Category)
            .GetFields()
            .Where(field => field.Name != nameof(Category.Name))
            .Select(field => $"{Category.Name}={field.GetRawConstantValue()}");

        Assert.Empty(categories.Except(LeftOut().Matches(RepositoryFiles.TextOf(file)).Select(filter => filter.Groups[1].Value)));
    }

    private static JsonElement Read(string file) => JsonElement.Parse(RepositoryFiles.TextOf(file));

    [GeneratedRegex(@"^\.(vscode|devcontainer|config)/.*\.json$")]
    private static partial Regex Folder();

    [GeneratedRegex("for tool in ([^;]+);")]
    private static partial Regex Tools();

    [GeneratedRegex("""--filter-not-trait"?,?\s+"?(\w+=\w+)""")]
    private static partial Regex LeftOut();
}
