using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace Efento.Portal.Access;

/// <summary>
/// Folds e-mail addresses so that neither case nor the form of their characters counts. Identity's own does the same, but throws at what is no
/// text, which anybody may type.
/// </summary>
public sealed class NameFolding : ILookupNormalizer
{
    /// <inheritdoc/>
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name is null ? null : Text(name).Normalize().ToUpperInvariant();

    /// <inheritdoc/>
    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => NormalizeName(email);

    /// <summary>Half a character and U+FFFE, which stands in no text, become the replacement character.</summary>
    private static string Text(string name) => string.Concat(name.Replace('\uFFFE', '\uFFFD').EnumerateRunes());
}
