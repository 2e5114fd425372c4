using System.Resources;
using System.Text.RegularExpressions;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Words;

/// <summary>A text with markup in it, where each language puts it: in resource files <c>[name]</c> stands for it.</summary>
internal static partial class Markup
{
    /// <summary>The text with its places filled: by a fragment or a value. The text itself is shown as it is, never as HTML.</summary>
    public static RenderFragment Of(ResourceManager resources, string key, params (string Name, object? Value)[] values) => builder =>
    {
        var given = values.ToDictionary(value => value.Name, value => value.Value);
        var text = Phrase.Of(resources, key);
        var end = 0;
        foreach (Match place in Places().Matches(text))
        {
            if (given.GetValueOrDefault(place.Groups[1].Value) is RenderFragment fragment)
            {
                builder.AddContent(0, Phrase.Fill(text[end..place.Index], given));
                builder.AddContent(1, fragment);
                end = place.Index + place.Length;
            }
        }

        builder.AddContent(2, Phrase.Fill(text[end..], given));
    };

    [GeneratedRegex(@"\[([a-z]\w*)\]")]
    private static partial Regex Places();
}
