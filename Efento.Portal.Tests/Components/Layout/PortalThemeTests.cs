using Efento.Portal.Components.Layout;
using Efento.Portal.Tests.Support;
using MudBlazor;
using MudBlazor.Utilities;

namespace Efento.Portal.Tests.Components.Layout;

public sealed class PortalThemeTests
{
    /// <summary>WCAG 2.2 AA for text.</summary>
    private const double Readable = 4.5;

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (var (name, palette) in Palettes)
            {
                foreach (var ink in Inks(palette).Keys)
                {
                    pairs.Add(name, ink);
                }
            }

            return pairs;
        }
    }

    private static Dictionary<string, Palette> Palettes => new()
    {
        ["light"] = PortalTheme.Light.PaletteLight,
        ["dark"] = PortalTheme.Dark.PaletteDark,
    };

    [Proves(ScreenRule.StateIsNeverColourAlone)]
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Contrast_OnSheetAndPage_IsReadable(string theme, string ink)
    {
        var palette = Palettes[theme];
        var colour = Inks(palette)[ink];

        Assert.All([palette.Surface, palette.Background], ground => Assert.InRange(Contrast(colour, ground), Readable, 21));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Contrast_OnFilledColours_IsReadable(string theme)
    {
        var palette = Palettes[theme];

        Assert.InRange(Contrast(palette.ErrorContrastText, palette.Error), Readable, 21);
        Assert.InRange(Contrast(palette.PrimaryContrastText, palette.Primary), Readable, 21);
    }

    private static Dictionary<string, MudColor> Inks(Palette palette) => new()
    {
        ["text"] = palette.TextPrimary,
        ["soft text"] = palette.TextSecondary,
        ["accent"] = palette.Primary,
        ["in order"] = palette.Success,
        ["late"] = palette.Warning,
        ["alarm"] = palette.Error,
    };

    private static double Contrast(MudColor one, MudColor other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(MudColor colour) =>
        (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
