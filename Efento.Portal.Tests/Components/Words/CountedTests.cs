using Efento.Portal.Components.Pages.Admin.Quarantine;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Components.Words;

public sealed class CountedTests
{
    [Theory]
    [InlineData(1, "Zaznaczono 1 pozycję")]
    [InlineData(3, "Zaznaczono 3 pozycje")]
    [InlineData(1_204, "Zaznaczono 1\u00A0204 pozycje")]
    [InlineData(5, "Zaznaczono 5 pozycji")]
    public void Selected_InPolish_HasTheFormOfTheNumber(int count, string expected)
    {
        Languages.Use("pl");

        Assert.Equal(expected, Counted.Selected(count));
    }
}
