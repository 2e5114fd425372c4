namespace Efento.Portal.Components.Controls;

/// <summary>
/// How wide a figure is in the pages' font (Inter, 650), in ems: so that the server knows how many figures a tile has room for. It is
/// estimated upwards; digits are exact, for they all have one width.
/// </summary>
public static class TextWidth
{
    // Smaller than its number, but never smaller than 12 px: of a number of 16 px that is so much.
    private const double UnitSize = 0.75;
    private const double UnitGap = 0.15;

    /// <summary>The width of a number or word with its unit behind it.</summary>
    public static double Of(string text, string unit) =>
        Math.Round(Of(text) + (unit.Length == 0 ? 0 : UnitGap + (UnitSize * Of(unit))), 2);

    /// <summary>The width of a text.</summary>
    public static double Of(string text)
    {
        var width = 0.0;
        foreach (var letter in text)
        {
            width += Of(letter);
        }

        return width;
    }

    private static double Of(char letter) => letter switch
    {
        >= '0' and <= '9' or '−' => 0.64,
        '\u202F' => 0.15,
        '.' or ',' or ' ' or 'i' or 'j' or 'l' or 'I' => 0.27,
        'f' or 'r' or 't' or 'ł' or '/' or '°' => 0.44,
        'm' or 'w' or 'M' or 'W' or '%' => 1.04,
        >= 'A' and <= 'Z' or 'Ω' => 0.76,
        _ => 0.61,
    };
}
