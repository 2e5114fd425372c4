using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Efento.Portal.Texts;

/// <summary>
/// A text in the language of whoever looks. In resource files <c>{name}</c> stands for a value and <c>{name|item|items}</c> for the form of a
/// word that the number <c>name</c> asks for; classes with a member for each text are made from the files (Efento.Portal.Texts.Generator).
/// </summary>
public static partial class Phrase
{
    /// <summary>A text without places to fill.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public static string Of(ResourceManager resources, string key) =>
        resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"{resources.BaseName} has no text {key}.");

    /// <summary>A text with its places filled.</summary>
    public static string Of(ResourceManager resources, string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var given = new Dictionary<string, object?>(values.Length);
        foreach (var (name, value) in values)
        {
            given.Add(name, value);
        }

        return Fill(Of(resources, key), given);
    }

    /// <summary>Fills the places of a text: numbers and dates as the culture writes them.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, object?> values) => Places().Replace(text, place =>
    {
        // What is not given is markup's, or literal.
        if (!values.TryGetValue(place.Groups["name"].Value, out var value))
        {
            return place.Value;
        }

        return place.Groups["forms"] is { Success: true, Value: var forms }
            ? forms.Split('|')[Plural.Form(CultureInfo.CurrentUICulture, Convert.ToInt64(value, CultureInfo.InvariantCulture))]
            : Convert.ToString(value, CultureInfo.CurrentCulture) ?? "";
    });

    [GeneratedRegex(@"\{(?<name>[a-z]\w*)(\|(?<forms>[^{}]*))?\}", RegexOptions.ExplicitCapture)]
    internal static partial Regex Places();
}
