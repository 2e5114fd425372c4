using System.Globalization;

namespace Efento.Portal.Texts;

/// <summary>Which form of a word a number asks for, by the rules of the Unicode CLDR. Source: CLDR, supplemental/plurals, for whole numbers.</summary>
public static class Plural
{
    /// <summary>How many forms a word has: two in English (1 logger, 2 loggers), three in Polish (1 rejestrator, 2 rejestratory, 5 rejestratorów).</summary>
    public static int Forms(CultureInfo culture) => IsPolish(culture) ? 3 : 2;

    /// <summary>The form, counted from 0.</summary>
    public static int Form(CultureInfo culture, long number)
    {
        var size = Math.Abs(number);
        return size == 1 ? 0
            : !IsPolish(culture) ? 1
            : size % 10 is >= 2 and <= 4 && size % 100 is not (>= 12 and <= 14) ? 1
            : 2;
    }

    private static bool IsPolish(CultureInfo culture) => culture.TwoLetterISOLanguageName == Languages.Polish;
}
