using Efento.Portal.Access;

namespace Efento.Portal.Components.Layout;

/// <summary>Light or dark in the words of the browser's scripts (wwwroot-assets/src/theming.ts).</summary>
internal static class PageTheme
{
    /// <summary>The script's word for it.</summary>
    public static string Of(Theme theme) => theme switch { Theme.Light => "light", Theme.Dark => "dark", _ => "system" };

    /// <summary>What the script's word means; null if it is none.</summary>
    public static Theme? Of(string? word) => Enum.GetValues<Theme>().Cast<Theme?>().FirstOrDefault(theme => Of(theme!.Value) == word);
}
