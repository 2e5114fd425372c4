using System.Text.RegularExpressions;

namespace Efento.Portal.Texts.Generator;

/// <summary>
/// A placeholder in a text: <c>{name}</c> takes a value, <c>{name|item|items}</c> chooses the form of a word for a number, and
/// <c>[name]</c> takes markup.
/// </summary>
internal sealed record Slot(string Name, SlotKind Kind)
{
    private static readonly Regex Slots = new(@"\{(?<value>[a-z]\w*)\}|\{(?<count>[a-z]\w*)\|[^{}]*\}|\[(?<markup>[a-z]\w*)\]");

    /// <summary>
    /// The placeholders of a text, each once, in the order of their first occurrence. A name that chooses a form anywhere is a number
    /// everywhere.
    /// </summary>
    public static IReadOnlyList<Slot> In(string text)
    {
        var all = Slots.Matches(text).Cast<Match>().Select(match => Of(match.Groups)).ToList();
        return [.. all.GroupBy(slot => slot.Name).Select(same => same.OrderByDescending(slot => slot.Kind).First())];
    }

    private static Slot Of(GroupCollection groups) =>
        groups["count"].Success ? new(groups["count"].Value, SlotKind.Count)
        : groups["markup"].Success ? new(groups["markup"].Value, SlotKind.Markup)
        : new(groups["value"].Value, SlotKind.Value);
}

/// <summary>What a placeholder takes.</summary>
internal enum SlotKind
{
    /// <summary>A word or number.</summary>
    Value,

    /// <summary>A number with forms of words that depend on it.</summary>
    Count,

    /// <summary>Markup: a link, a moment, a bold word.</summary>
    Markup,
}
