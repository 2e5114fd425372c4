using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Components.Words;

public sealed class CountedTests
{
    [Theory]
    [InlineData("en", 1, "once")]
    [InlineData("en", 28_736, "28,736 times")]
    [InlineData("pl", 1, "raz")]
    [InlineData("pl", 28_736, "28\u00A0736 razy")]
    public void Times_OfEachLanguage_SetThousandsApart(string language, long count, string expected)
    {
        Languages.Speak(language);

        Assert.Equal(expected, Counted.Times(count));
    }

    [Theory]
    [InlineData(1, "Zaznaczono 1 pozycję")]
    [InlineData(3, "Zaznaczono 3 pozycje")]
    [InlineData(1_204, "Zaznaczono 1\u00A0204 pozycje")]
    [InlineData(5, "Zaznaczono 5 pozycji")]
    public void Selected_InPolish_HasTheFormOfTheNumber(int count, string expected)
    {
        Languages.Speak("pl");

        Assert.Equal(expected, Counted.Selected(count));
    }
}
