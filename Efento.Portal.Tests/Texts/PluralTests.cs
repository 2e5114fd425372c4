using System.Globalization;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Texts;

public sealed class PluralTests
{
    [Theory]
    [InlineData(0, "0 rejestratorów")]
    [InlineData(1, "1 rejestrator")]
    [InlineData(2, "2 rejestratory")]
    [InlineData(4, "4 rejestratory")]
    [InlineData(5, "5 rejestratorów")]
    [InlineData(11, "11 rejestratorów")]
    [InlineData(12, "12 rejestratorów")]
    [InlineData(14, "14 rejestratorów")]
    [InlineData(21, "21 rejestratorów")]
    [InlineData(22, "22 rejestratory")]
    [InlineData(112, "112 rejestratorów")]
    [InlineData(1_002, "1002 rejestratory")]
    public void Form_InPolish_IsThatOfTheNumber(long count, string expected) =>
        Assert.Equal(expected, Filled("pl-PL", "{count} {count|rejestrator|rejestratory|rejestratorów}", count));

    [Theory]
    [InlineData(0, "0 loggers")]
    [InlineData(1, "1 logger")]
    [InlineData(21, "21 loggers")]
    public void Form_InEnglish_IsThatOfTheNumber(long count, string expected) =>
        Assert.Equal(expected, Filled("en-GB", "{count} {count|logger|loggers}", count));

    private static string Filled(string culture, string text, long count)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return Phrase.Fill(text, new Dictionary<string, object?> { ["count"] = count });
    }
}
