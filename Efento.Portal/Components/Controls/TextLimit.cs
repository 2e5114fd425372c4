namespace Efento.Portal.Components.Controls;

/// <summary>
/// The limit of a text field. A text that is too long stays in the field and is told, where a browser would cut what is pasted without a
/// word.
/// </summary>
internal static class TextLimit
{
    /// <summary>What is wrong with a text, as the validation of a field; null if it fits.</summary>
    public static Func<string?, string?> Of(int most) => text => Fits(text, most) ? null : ControlsText.TooLong(text!.Trim().Length, most);

    /// <summary>Whether there is a text, and it fits.</summary>
    public static bool IsGiven(string? text, int most) => !string.IsNullOrWhiteSpace(text) && Fits(text, most);

    /// <summary>Whether a text fits.</summary>
    public static bool Fits(string? text, int most) => !(text?.Trim().Length > most);
}
