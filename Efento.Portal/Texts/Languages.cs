using System.Globalization;

namespace Efento.Portal.Texts;

/// <summary>
/// The languages of the portal. Another one needs a line here, and a file <c>…Text.xx.resx</c> beside each <c>…Text.resx</c>.
/// </summary>
public static class Languages
{
    /// <summary>All languages. The first is that of the files <c>…Text.resx</c>, and is the default.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        // British English, because its dates are unambiguous: "25 Nov 2026, 14:03".
        new("en", "English", CultureInfo.GetCultureInfo("en-GB"), PluralRule.OneOther),
        new("pl", "Polski", CultureInfo.GetCultureInfo("pl-PL"), PluralRule.OneFewMany) { HasExtendedLetters = true },
    ];

    /// <summary>The default language.</summary>
    public static Language Default => All[0];

    /// <summary>The current language of this asynchronous flow.</summary>
    public static Language Current => Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>Whether the portal has this language.</summary>
    public static bool Has(string? code) => All.Any(language => language.Code == code);

    /// <summary>The language with this code; <see cref="Default"/> if the portal does not have it.</summary>
    public static Language Find(string? code) => All.FirstOrDefault(language => language.Code == code) ?? Default;

    /// <summary>
    /// The first of a browser's languages, in its order of preference, that the portal has; <see cref="Default"/> if it has none of them.
    /// </summary>
    public static string Of(IEnumerable<string> wanted) =>
        Find(wanted.Select(tag => tag.Split('-')[0].ToLowerInvariant()).FirstOrDefault(Has)).Code;

    /// <summary>Sets the language of this asynchronous flow and of everything it calls from now on.</summary>
    public static void Use(string? code)
    {
        var culture = Find(code).Culture;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
    }
}
