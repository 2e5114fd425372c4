using Bunit;
using Efento.Portal.Components.Controls;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Components.Controls;

public sealed class WallTimeFieldTests : PageContext
{
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    [Theory]
    [InlineData("en", "02:30 does not exist on 28 March 2027: clocks are put forward past it. Choose 03:30, or a time before.")]
    [InlineData("pl", "28 marca 2027 nie ma godziny 02:30: zegary przestawia się wtedy do przodu. Wybierz 03:30 albo wcześniejszą godzinę.")]
    public void Text_SkippedInSpring_IsToldInThePersonsLanguage(string language, string expected)
    {
        Languages.Use(language);

        Assert.Contains(expected, Show("2027-03-28T02:30").Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "02:30 comes twice that night. Which one?", "The first (UTC+02:00)", "The second, an hour later (UTC+01:00)")]
    [InlineData("pl", "Tej nocy godzina 02:30 wypada dwa razy. Która z nich?", "Pierwsza (UTC+02:00)", "Druga, godzinę później (UTC+01:00)")]
    public void Text_TwiceInAutumn_IsAskedInThePersonsLanguage(string language, string question, string first, string second)
    {
        Languages.Use(language);

        var field = Show("2027-10-31T02:30");

        Assert.Equal(question, field.Find(".wall-time > fieldset legend").TextContent);
        Assert.Equal([first, second], field.FindAll(".wall-time > fieldset label").Select(label => label.TextContent.Trim()));
    }

    private IRenderedComponent<WallTimeField> Show(string text) =>
        Render<WallTimeField>(field => field.Add(f => f.Label, "At").Add(f => f.Id, "at").Add(f => f.Zone, Warsaw).Add(f => f.Text, text));
}
