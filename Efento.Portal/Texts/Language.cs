using System.Globalization;

namespace Efento.Portal.Texts;

/// <summary>A language of the portal.</summary>
/// <param name="Code">Its two letters (ISO 639-1).</param>
/// <param name="Name">Its own name.</param>
/// <param name="Culture">How numbers and dates are written.</param>
/// <param name="Plural">The rule that chooses the form of a word for a number.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture, PluralRule Plural)
{
    /// <summary>Whether it has letters beyond those of Western Europe, so that pages load their font at once.</summary>
    public bool HasExtendedLetters { get; init; }
}
