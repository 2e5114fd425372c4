using System.Resources;
using System.Text.RegularExpressions;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Words;

/// <summary>A text with markup at the place that each language needs; in resource files <c>[name]</c> stands for it.</summary>
internal static partial class Markup
{
    /// <summary>Fills the places of the text with fragments or values. The text itself is shown unchanged, never as HTML.</summary>
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
