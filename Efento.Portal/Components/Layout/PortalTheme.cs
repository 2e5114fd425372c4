using MudBlazor;

namespace Efento.Portal.Components.Layout;

/// <summary>
/// The colours and fonts of the portal: calm surfaces, one accent, four state colours. The first number behind a colour is its contrast on
/// the sheet, the second on the page. PortalThemeTests checks that they are at least 4.5 : 1 (WCAG 2.2 AA). The names in styles are in
/// styles/tokens.css.
/// </summary>
internal static class PortalTheme
{
    private static readonly string[] Letters = ["Inter Variable", "system-ui", "Segoe UI", "Roboto", "sans-serif"];

    /// <summary>The light theme, which is the default.</summary>
    public static MudTheme Light { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1F5FBF", // 6.1 5.6
            PrimaryContrastText = "#FFFFFF",
            Secondary = "#566473",
            Info = "#1F5FBF",
            Success = "#17754A", // 5.7 5.3
            Warning = "#8F5200", // 6.2 5.7
            Error = "#BC2429", // 6.1 5.7
            ErrorContrastText = "#FFFFFF",
            TextPrimary = "#16202B", // 16.5 15.2
            TextSecondary = "#556270", // 6.2 5.8
            ActionDefault = "#556270",
            Background = "#F4F6F8",
            BackgroundGray = "#EDF0F3",
            Surface = "#FFFFFF",
            AppbarBackground = "#FFFFFF",
            AppbarText = "#16202B",
            LinesDefault = "#E1E6EB",
            LinesInputs = "#8592A0",
            TableLines = "#E9EDF1",
            TableHover = "#F4F6F8",
            Divider = "#E1E6EB",
        },
        Typography = Text(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
    };

    /// <summary>The dark theme.</summary>
    public static MudTheme Dark { get; } = new()
    {
        PseudoCss = new PseudoCss { Scope = ":root[data-theme='dark']" },
        PaletteDark = new PaletteDark
        {
            Primary = "#7FB2FF", // 7.7 8.6
            PrimaryContrastText = "#0E141B",
            Secondary = "#9DABBA",
            Info = "#7FB2FF",
            Success = "#5CCB92", // 8.2 9.2
            Warning = "#F0B354", // 8.9 9.9
            Error = "#FF8A84", // 7.3 8.1
            ErrorContrastText = "#2A0B0A",
            TextPrimary = "#E7EDF3", // 14.1 15.7
            TextSecondary = "#9DABBA", // 7.1 7.9
            ActionDefault = "#9DABBA",
            Background = "#0E141B",
            BackgroundGray = "#131B24",
            Surface = "#161F29",
            AppbarBackground = "#161F29",
            AppbarText = "#E7EDF3",
            LinesDefault = "#27323E",
            LinesInputs = "#66758A",
            TableLines = "#212B36",
            TableHover = "#1B2530",
            Divider = "#27323E",
        },
        Typography = Text(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
    };

    private static Typography Text() => new()
    {
        Default = new DefaultTypography { FontFamily = Letters, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Letters, FontSize = ".875rem", FontWeight = "550", TextTransform = "none", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Letters, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Letters, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
        Caption = new CaptionTypography { FontFamily = Letters, FontSize = ".75rem", LetterSpacing = "normal" },
    };
}
