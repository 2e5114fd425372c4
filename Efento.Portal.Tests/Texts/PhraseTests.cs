using System.Globalization;
using Bunit;
using Efento.Portal.Components.Controls;
using Efento.Portal.Tests.Components;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Texts;

public sealed class PhraseTests : PageContext
{
    [Fact]
    public void Fill_Numbers_AreWrittenAsTheLanguageDoes()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.Equal("4,5 i {inne}", Phrase.Fill("{value} i {inne}", new Dictionary<string, object?> { ["value"] = 4.5 }));
    }

    [Fact]
    public void Markup_AValueThatLooksLikeAPlace_StaysWhatItIs()
    {
        var link = Render<OneTimeLink>(
            link => link.Add(l => l.Address, "https://portal").Add(l => l.For, "[until] <b>{for}</b>").Add(l => l.UntilUtc, Noon));

        Assert.Equal("[until] <b>{for}</b>", link.Find("p b").TextContent);
        Assert.Single(link.FindAll("p portal-time"));
    }

    [Theory]
    [InlineData("pl-PL,pl;q=0.9,en;q=0.8", "pl")]
    [InlineData("de,pl;q=0.5,en;q=0.4", "pl")]
    [InlineData("en-US", "en")]
    [InlineData("de", "en")]
    [InlineData("", "en")]
    public void Of_LanguagesOfABrowser_IsTheFirstThatIsSpoken(string wanted, string expected) =>
        Assert.Equal(expected, Languages.Of(wanted.Split(',').Select(language => language.Split(';')[0])));

    [Fact]
    public void Culture_OfEnglish_WritesDatesNobodyMistakes() =>
        Assert.Equal(
            "25 Nov 2026, 14:03", new DateTime(2026, 11, 25, 14, 3, 0).ToString("d MMM yyyy, HH:mm", Languages.Find("en").Culture));
}
