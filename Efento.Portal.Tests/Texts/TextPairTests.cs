using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Texts;

/// <summary>Every language is complete and fits the first, and what they say is used.</summary>
public sealed partial class TextPairTests
{
    /// <summary>
    /// By language, texts that are the same as in the first one: names, abbreviations and words that languages share. Whoever adds one
    /// here has read it.
    /// </summary>
    private static readonly Dictionary<string, string[]> SameInBoth = new()
    {
        ["pl"] =
        [
            "AccountText.RoleAndMay",
            "AlarmsText.Alarm", "AlarmsText.Limit", "AlarmsText.TitleOf", "AlarmText.Channel", "AlarmText.GatewayOffline", "AlarmText.KindPortal", "AlarmText.StateLasts",
            "BrowserText.Minutes", "BrowserText.Days", "BrowserText.Seconds", "BrowserText.StateAlarm",
            "BrowserText.StateOffline", "BrowserText.StateOnline",
            "BrowserText.TallyOffline", "BrowserText.TallyOnline",
            "ChannelsText.Port", "DeliveriesText.Alarm", "DeliveryText.KindEmail", "DeliveryText.KindMqtt", "DeliveryText.KindNtfy",
            "DeliveryText.KindPush", "DeliveryText.KindSlack", "DeliveryText.KindTeams", "DeliveryText.KindWebhook",
            "DeviceText.Administrator", "DeviceText.Operator", "DeviceText.BatteryOk", "DeviceText.Days", "DeviceText.Heartbeat",
            "DeviceText.Kilobytes", "DeviceText.Megabytes", "DeviceText.Minutes", "DeviceText.RefusedAt", "DeviceText.Seconds",
            "GatewaysText.Milliseconds", "GatewaysText.Token",
            "HelpPageText.Runtime",
            "LayoutText.Admin",
            "MeasurementText.AirQualityShort", "MeasurementText.Alarm", "MeasurementText.Ok", "MeasurementText.TemperatureShort",
            "OverviewText.FilterAlarm",
            "QuarantinePageText.Token", "QuarantinePageText.TokenNamed",
            "TokensText.HeaderExample", "TokensText.Token",
        ],
    };

    /// <summary>Asked for by their keys: by the browser's scripts, and by MudBlazor.</summary>
    private static readonly HashSet<string> UsedByKey = ["BrowserText", "MudBlazorText", "WallText"];

    public static TheoryData<string, string> Files => [.. TextPair.All.Select(pair => (pair.Name, pair.Language.Code))];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_EachKey_IsInBothLanguages(string file, string language)
    {
        var pair = TextPair.All.Single(pair => pair.Name == file && pair.Language.Code == language);

        Assert.NotEmpty(pair.First);
        Assert.Equal(pair.First.Keys.Order(StringComparer.Ordinal), pair.Other.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(pair.First.Concat(pair.Other), text => string.IsNullOrWhiteSpace(text.Value));
    }

    [Fact]
    public void Files_OfLanguages_AreThoseOfTheListAlone() => Assert.Equal(
        (
            from file in TextPair.Files from language in Languages.All.Skip(1) select TextPair.InLanguage(file, language)).Order(
                StringComparer.Ordinal),
        Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*Text.*.resx", SearchOption.AllDirectories)
            .Where(TextPair.IsSource)
            .Order(StringComparer.Ordinal));

    /// <summary>A further language needs its files and its line in the list: nothing else asks which one is spoken.</summary>
    [Fact]
    public void Language_OtherThanTheFirst_IsNamedInTheListAlone()
    {
        var sources = new[] { "Efento.Portal", "wwwroot-assets/src" }
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryFiles.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".ts" or ".csproj" && TextPair.IsSource(file))
            .ToList();
        var naming = sources.Where(file => Languages.All.Skip(1).Any(language => NamesLanguage(File.ReadAllText(file), language)));

        Assert.Equal("Languages.cs", Assert.Single(naming.Select(Path.GetFileName)));
    }

    [Fact]
    public void Text_ItsPlaces_AreTheSameInBothLanguages() => Assert.Empty(
        from text in TextPair.Texts
        let first = TextPair.Places(text.First).Select(place => (place.Name, place.Forms < 0)).ToHashSet()
        where !first.SetEquals(TextPair.Places(text.Other).Select(place => (place.Name, place.Forms < 0)))
        select text);

    [Fact]
    public void Text_FormsOfAWord_AreThoseOfItsLanguage() => Assert.Empty(
        from text in TextPair.Texts
        where HasOtherForms(text.First, Languages.Default) || HasOtherForms(text.Other, text.Language)
        select text);

    [Fact]
    public void Text_ACountWithForms_HasFormsInEveryLanguage() => Assert.Empty(
        from text in TextPair.Texts
        let other = TextPair.Places(text.Other).Where(place => place.Forms > 0).Select(place => place.Name).ToHashSet()
        from place in TextPair.Places(text.First)
        where place.Forms > 0 && !other.Contains(place.Name)
        select text);

    [Fact]
    public void Text_SameInBothLanguages_IsReviewed() => Assert.Equal(
        SameInBoth.SelectMany(language => language.Value.Select(key => (language.Key, key))).Order(),
        TextPair.Texts.Where(text => text.First == text.Other).Select(text => (text.Language.Code, text.Key)).Order());

    [Fact]
    public void Key_EachOne_IsUsed()
    {
        var used = Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(use => use.Value))
            .ToHashSet();

        Assert.Empty(
            TextPair.All.Where(pair => !UsedByKey.Contains(pair.Name))
                .SelectMany(pair => pair.First.Keys.Select(key => $"{pair.Name}.{key}"))
                .Except(used));
    }

    /// <summary>What is done with accounts, links, screens and tokens is told as values: pages and commands say it in words.</summary>
    [Fact]
    public void AccessText_IsNamed_ByItsWordsAlone() => Assert.Equal(
        ["AccessWords.cs"],
        from file in Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal"), "*.*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".razor"
            && TextPair.IsSource(file)
            && File.ReadAllText(file).Contains("AccessText.", StringComparison.Ordinal)
        select Path.GetFileName(file));

    [Fact]
    public void BrowserText_ItsKeys_AreThoseOfTheScripts() => Assert.Equal(
        TextPair.Of("BrowserText").Keys.Order(StringComparer.Ordinal),
        ScriptKeys()
            .Matches(File.ReadAllText(RepositoryFiles.PathOf("wwwroot-assets/src/words.ts")))
            .Select(use => use.Groups[1].Value)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void WallText_ItsKeys_AreThoseOfThePageAndItsScript()
    {
        var page = Directory.EnumerateFiles(
            RepositoryFiles.PathOf("Efento.Portal/Components/Pages/Wall"), "*.razor").SelectMany(file =>
                Uses().Matches(File.ReadAllText(file)))
            .Select(use => use.Value).Where(
                use => use.StartsWith("WallText.", StringComparison.Ordinal)).Select(use => use["WallText.".Length..]);
        var script = Directory.EnumerateFiles(
            RepositoryFiles.PathOf("wwwroot-assets/src/wall"), "*.ts").Append(RepositoryFiles.PathOf("wwwroot-assets/src/wall.ts"))
            .SelectMany(file => WallKeys().Matches(File.ReadAllText(file))).SelectMany(
                use => use.Groups.Values.Skip(1).Where(key => key.Success)).Select(key => key.Value);

        Assert.Equal(
            TextPair.Of("WallText").Keys.Order(StringComparer.Ordinal),
            page.Concat(script).Distinct().Where(key => key != "Resources").Order(StringComparer.Ordinal));
    }

    private static bool NamesLanguage(string text, Language language) =>
        Regex.IsMatch(text, $"""["'](?:{language.Code}|{language.Culture.Name}|{language.Name})["']""")
            || Regex.IsMatch(text, $@"\b{language.Culture.EnglishName.Split(' ')[0]}\s*[,;)=}}]", RegexOptions.IgnoreCase);

    private static bool HasOtherForms(string text, Language language) =>
        TextPair.Places(text).Any(place => place.Forms > 0 && place.Forms != language.Plural.Forms.Count);

    [GeneratedRegex(@"\btext\((?:[^""()]*\? )?""(\w+)""(?: : ""(\w+)"")?")]
    private static partial Regex WallKeys();

    [GeneratedRegex(@"\b\w+Text\.\w+")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\b(?:text|count)\(""(\w+)""")]
    private static partial Regex ScriptKeys();
}
