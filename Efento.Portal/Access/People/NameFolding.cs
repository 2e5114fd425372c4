using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// Folds e-mail addresses, so that neither case nor Unicode form counts. Identity's own normalizer does the same, but it throws on invalid
/// Unicode text, which any sender can submit.
/// </summary>
internal sealed class NameFolding : ILookupNormalizer
{
    /// <inheritdoc/>
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name is null ? null : Text(name).Normalize().ToUpperInvariant();

    /// <inheritdoc/>
    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => NormalizeName(email);

    /// <summary>Half a surrogate pair, and U+FFFE, which no valid text contains, become the replacement character.</summary>
    private static string Text(string name) => string.Concat(name.Replace('\uFFFE', '\uFFFD').EnumerateRunes());
}
