using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Efento.Portal.Components.Pages.Help;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The help: whether each page has its topic, and each topic what it needs.</summary>
public sealed partial class HelpTests
{
    private readonly HelpBook _book = new();

    public static TheoryData<string, string> Articles => new(
        from language in Languages.All
        from topic in HelpTopics.Topics.Concat(HelpTopics.Documents)
        select (language.Code, topic));

    [Fact]
    public void Pages_EachBehindTheSignIn_HasItsTopic() => Assert.Empty(
        from page in typeof(Program).Assembly.GetTypes()
        where !page.IsDefined(typeof(AllowAnonymousAttribute), false)
        from route in page.GetCustomAttributes<RouteAttribute>(false)
        let topic = HelpTopics.Of(route.Template)
        where topic is null || (topic == HelpTopics.First && route.Template is not ("/" or "/help" or "/help/{Topic}"))
        select route.Template);

    [Fact]
    public void Topics_EachOne_IsWrittenInEachLanguage() => Assert.Empty(
        from language in Languages.All
        from topic in HelpTopics.Topics
        where HelpBook.Read(language.Code, topic)?.StartsWith("# ", StringComparison.Ordinal) is not true
        select $"{language.Code}/{topic}");

    [Fact]
    public void Topics_InEachLanguage_HaveTheSameParts() => Assert.Empty(
        from language in Languages.All
        from topic in HelpTopics.Topics
        where PartsOf("en", topic) != PartsOf(language.Code, topic)
        select $"{language.Code}/{topic}");

    [Theory]
    [MemberData(nameof(Articles))]
    public void Links_OfAnArticle_LeadToArticlesAndTheirParts(string language, string topic)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var links = Links().Matches(_book.Find(topic)!.Html).Select(m => m.Groups["to"].Value)
            .Where(to => !to.StartsWith("http", StringComparison.Ordinal)).ToList();

        Assert.All(links, to =>
        {
            var parts = to.Split('#');
            var article = parts[0].StartsWith("help/", StringComparison.Ordinal) ? _book.Find(parts[0]["help/".Length..]) : null;
            Assert.True(article is not null, to);
            Assert.True(parts.Length == 1 || article.Html.Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal), to);
        });
    }

    [Theory]
    [InlineData("points.md#gaps", "help/points#gaps")]
    [InlineData("../../operations.md", "help/operations")]
    [InlineData("#https", "help/tokens#https")]
    [InlineData("decisions/0001-one-writer-one-gate.md", null)]
    [InlineData("images/overview.png", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://example.com/", "https://example.com/")]
    public void Link_OfADocument_LeadsWithinThePortalOrNowhere(string url, string? expected) =>
        Assert.Equal(expected, HelpLink.Of(url, "tokens"));

    [Theory]
    [InlineData("", "overview")]
    [InlineData("/points/12", "points")]
    [InlineData("alarms/1", "alarm")]
    [InlineData("admin/quarantine/1", "quarantine")]
    [InlineData("pointsandmore", null)]
    public void Topic_OfAnAddress_IsThatOfItsPage(string path, string? topic) => Assert.Equal(topic, HelpTopics.Of(path));

    [Fact]
    public void Document_InAnotherLanguage_SaysThatItIsEnglish()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl");

        Assert.Equal(("en", "pl"), (_book.Find("operations")!.Language, _book.Find("points")!.Language));
    }

    private static string PartsOf(string language, string topic) =>
        string.Join(' ', Parts().Matches(HelpBook.Read(language, topic) ?? "").Select(m => m.Groups["kind"].Value));

    [GeneratedRegex("href=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();

    /// <summary>Headings, items and rows of tables.</summary>
    [GeneratedRegex(@"^(?<kind>#+|-|\d\.|\|) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Parts();
}
