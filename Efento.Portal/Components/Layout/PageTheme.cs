using Efento.Portal.Access;

namespace Efento.Portal.Components.Layout;

/// <summary>Converts the theme for the browser's scripts (wwwroot-assets/src/theming.ts).</summary>
internal static class PageTheme
{
    /// <summary>The name of a theme in the scripts.</summary>
    public static string Of(Theme theme) => theme switch { Theme.Light => "light", Theme.Dark => "dark", _ => "system" };

    /// <summary>The theme with a name; null if there is none.</summary>
    public static Theme? Of(string? word) => Enum.GetValues<Theme>().Cast<Theme?>().FirstOrDefault(theme => Of(theme!.Value) == word);
}
