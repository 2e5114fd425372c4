using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Efento.Portal.Texts;

/// <summary>
/// Reads texts in the current language and fills them. In resource files, <c>{name}</c> stands for a value, and <c>{name|item|items}</c>
/// for the form of a word that matches the number <c>name</c>. Efento.Portal.Texts.Generator makes classes with a member for each text from
/// the files.
/// </summary>
internal static partial class Phrase
{
    /// <summary>A text without placeholders.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public static string Of(ResourceManager resources, string key) =>
        resources.GetString(key, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"{resources.BaseName} has no text {key}.");

    /// <summary>A text with its placeholders filled.</summary>
    public static string Of(ResourceManager resources, string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var given = new Dictionary<string, object?>(values.Length);
        foreach (var (name, value) in values)
        {
            given.Add(name, value);
        }

        return Fill(Of(resources, key), given);
    }

    /// <summary>Fills the placeholders of a text. Numbers and dates are written in the current culture.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, object?> values) => Places().Replace(text, place =>
    {
        // A placeholder without a value is for markup, or literal text.
        if (!values.TryGetValue(place.Groups["name"].Value, out var value))
        {
            return place.Value;
        }

        return place.Groups["forms"] is { Success: true, Value: var forms }
            ? forms.Split('|')[Languages.Current.Plural.Form(Convert.ToInt64(value, CultureInfo.InvariantCulture))]
            : Convert.ToString(value, CultureInfo.CurrentCulture) ?? "";
    });

    [GeneratedRegex(@"\{(?<name>[a-z]\w*)(\|(?<forms>[^{}]*))?\}", RegexOptions.ExplicitCapture)]
    internal static partial Regex Places();
}
