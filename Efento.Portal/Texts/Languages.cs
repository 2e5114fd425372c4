using System.Globalization;

namespace Efento.Portal.Texts;

/// <summary>
/// The languages the portal speaks. Each brings how numbers and dates are written; English is that of Britain, whose dates nobody mistakes:
/// "25 Nov 2026, 14:03".
/// </summary>
public static class Languages
{
    /// <summary>What is spoken where nothing else is asked for.</summary>
    public const string English = "en";

    /// <summary>Polish.</summary>
    public const string Polish = "pl";

    private static readonly CultureInfo InEnglish = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo InPolish = CultureInfo.GetCultureInfo("pl-PL");

    /// <summary>Every language, as two letters, with its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [(English, "English"), (Polish, "Polski")];

    /// <summary>Whether the portal speaks it.</summary>
    public static bool Has(string? code) => All.Any(language => language.Code == code);

    /// <summary>How it writes; English for one that is not spoken.</summary>
    public static CultureInfo CultureOf(string? code) => code == Polish ? InPolish : InEnglish;

    /// <summary>The first of a browser's languages, in its order of preference, that the portal speaks; English if it speaks none.</summary>
    public static string Of(IEnumerable<string> wanted) =>
        wanted.Select(tag => tag.Split('-')[0].ToLowerInvariant()).FirstOrDefault(Has) ?? English;

    /// <summary>From here on, whatever this asynchronous flow says and whatever it calls is said in this language.</summary>
    public static void Speak(string? code)
    {
        var culture = CultureOf(code);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
    }
}
