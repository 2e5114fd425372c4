namespace Efento.Portal.Texts;

/// <summary>
/// Chooses the form of a word for a whole number. Source: Unicode CLDR, supplemental/plurals. Browsers have the same rules with the same
/// names of forms (Intl.PluralRules, wwwroot-assets/src/words.ts).
/// </summary>
public sealed class PluralRule
{
    private readonly Func<long, int> _formOf;

    private PluralRule(IReadOnlyList<string> forms, Func<long, int> formOf) => (Forms, _formOf) = (forms, formOf);

    /// <summary>Two forms, as in English: 1 logger, 2 loggers.</summary>
    public static PluralRule OneOther { get; } = new(["one", "other"], size => size == 1 ? 0 : 1);

    /// <summary>Three forms, as in Polish: 1 rejestrator, 2 rejestratory, 5 rejestratorów.</summary>
    public static PluralRule OneFewMany { get; } = new(["one", "few", "many"], size =>
        size == 1 ? 0
        : size % 10 is >= 2 and <= 4 && size % 100 is not (>= 12 and <= 14) ? 1
        : 2);

    /// <summary>The CLDR names of the forms, in the order used in texts.</summary>
    public IReadOnlyList<string> Forms { get; }

    /// <summary>The index of the form for a number, from 0.</summary>
    public int Form(long number) => _formOf(Math.Abs(number));
}
