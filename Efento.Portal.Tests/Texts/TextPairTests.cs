using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Texts;

/// <summary>Both languages are complete, fit each other and are used.</summary>
public sealed partial class TextPairTests
{
    /// <summary>Texts that are the same in both languages: names, abbreviations and words that Polish shares. Whoever adds one here has read it.</summary>
    private static readonly HashSet<string> SameInBoth =
    [
        "AccountText.RoleAndMay",
        "BrowserText.Minutes", "BrowserText.Days", "BrowserText.Seconds", "BrowserText.StateOffline", "BrowserText.StateOnline", "BrowserText.TallyOffline", "BrowserText.TallyOnline",
        "DeviceText.Administrator", "DeviceText.Operator", "DeviceText.BatteryOk", "DeviceText.Days", "DeviceText.Heartbeat", "DeviceText.Kilobytes", "DeviceText.Megabytes", "DeviceText.Minutes", "DeviceText.RefusedAt", "DeviceText.Seconds",
        "GatewaysText.Milliseconds", "GatewaysText.Token",
        "LayoutText.Admin",
        "MeasurementText.Alarm", "MeasurementText.Ok",
        "QuarantinePageText.Token", "QuarantinePageText.TokenNamed",
        "TokensText.HeaderExample", "TokensText.Token",
    ];

    /// <summary>Asked for by their keys: by the browser's scripts, and by MudBlazor.</summary>
    private static readonly HashSet<string> UsedByKey = ["BrowserText", "MudBlazorText", "WallText"];

    public static TheoryData<string> Files => [.. TextPair.All.Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_EachKey_IsInBothLanguages(string file)
    {
        var pair = TextPair.All.Single(pair => pair.Name == file);

        Assert.NotEmpty(pair.English);
        Assert.Equal(pair.English.Keys.Order(StringComparer.Ordinal), pair.Polish.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(pair.English.Concat(pair.Polish), text => string.IsNullOrWhiteSpace(text.Value));
    }

    [Fact]
    public void Text_ItsPlaces_AreTheSameInBothLanguages() => Assert.Empty(
        from text in TextPair.Texts
        let english = TextPair.Places(text.English).Select(place => (place.Name, place.Forms < 0)).ToHashSet()
        where !english.SetEquals(TextPair.Places(text.Polish).Select(place => (place.Name, place.Forms < 0)))
        select text);

    [Fact]
    public void Text_FormsOfAWord_AreTwoInEnglishAndThreeInPolish() => Assert.Empty(
        from text in TextPair.Texts
        where TextPair.Places(text.English).Any(place => place.Forms is > 0 and not 2) || TextPair.Places(text.Polish).Any(place => place.Forms is > 0 and not 3)
        select text);

    [Fact]
    public void Text_ACountWithFormsInEnglish_HasFormsInPolish() => Assert.Empty(
        from text in TextPair.Texts
        let polish = TextPair.Places(text.Polish).Where(place => place.Forms > 0).Select(place => place.Name).ToHashSet()
        from place in TextPair.Places(text.English)
        where place.Forms > 0 && !polish.Contains(place.Name)
        select text);

    [Fact]
    public void Text_SameInBothLanguages_IsReviewed() =>
        Assert.Equal(SameInBoth.Order(StringComparer.Ordinal), TextPair.Texts.Where(text => text.English == text.Polish).Select(text => text.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Key_EachOne_IsUsed()
    {
        var used = Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(use => use.Value))
            .ToHashSet();

        Assert.Empty(TextPair.All.Where(pair => !UsedByKey.Contains(pair.Name)).SelectMany(pair => pair.English.Keys.Select(key => $"{pair.Name}.{key}")).Except(used));
    }

    [Fact]
    public void BrowserText_ItsKeys_AreThoseOfTheScripts() => Assert.Equal(
        TextPair.All.Single(pair => pair.Name == "BrowserText").English.Keys.Order(StringComparer.Ordinal),
        ScriptKeys().Matches(File.ReadAllText(RepositoryFiles.PathOf("wwwroot-assets/src/words.ts"))).Select(use => use.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void WallText_ItsKeys_AreThoseOfThePageAndItsScript()
    {
        var page = Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal/Components/Pages/Wall"), "*.razor").SelectMany(file => Uses().Matches(File.ReadAllText(file)))
            .Select(use => use.Value).Where(use => use.StartsWith("WallText.", StringComparison.Ordinal)).Select(use => use["WallText.".Length..]);
        var script = Directory.EnumerateFiles(RepositoryFiles.PathOf("wwwroot-assets/src/wall"), "*.ts").Append(RepositoryFiles.PathOf("wwwroot-assets/src/wall.ts"))
            .SelectMany(file => WallKeys().Matches(File.ReadAllText(file))).SelectMany(use => use.Groups.Values.Skip(1).Where(key => key.Success)).Select(key => key.Value);

        Assert.Equal(
            TextPair.All.Single(pair => pair.Name == "WallText").English.Keys.Order(StringComparer.Ordinal),
            page.Concat(script).Distinct().Where(key => key != "Resources").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\btext\((?:[^""()]*\? )?""(\w+)""(?: : ""(\w+)"")?")]
    private static partial Regex WallKeys();

    [GeneratedRegex(@"\b\w+Text\.\w+")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\b(?:text|count)\(""(\w+)""")]
    private static partial Regex ScriptKeys();
}
