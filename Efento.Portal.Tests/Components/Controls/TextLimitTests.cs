using System.Globalization;
using Bunit;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Admin.Locations;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Controls;

public sealed class TextLimitTests : PageContext
{
    [Theory]
    [InlineData("", null)]
    [InlineData("  Ward ", null)]
    [InlineData("Ward 1", "6 characters; 5 fit.")]
    public void Of_AText_SaysWhetherItFits(string text, string? said) => Assert.Equal(said, TextLimit.Of(5)(text));

    [Fact]
    public async Task Name_PastedTooLong_IsKeptWholeAndToldInsteadOfCut()
    {
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<LocationNameDialog>("Name"));
        var name = new string('x', Location.MostLetters + 1);

        var field = dialogs.WaitForElement("input");
        await field.InputAsync(new() { Value = name });

        Assert.True(int.Parse(field.GetAttribute("maxlength") ?? "999", CultureInfo.InvariantCulture) > name.Length);
        dialogs.WaitForAssertion(() => Assert.Contains("101 characters; 100 fit.", dialogs.Markup, StringComparison.Ordinal));
        Assert.True(dialogs.FindAll("button").Single(b => b.TextContent.Trim() == "Save").HasAttribute("disabled"));
    }

    [Fact]
    public void Fields_Any_CutNothing() => Assert.Equal(
        [],
        RepositoryFiles.All().Where(
            file => file.EndsWith(".razor", StringComparison.Ordinal)
                && RepositoryFiles.TextOf(file).Contains("maxlength=", StringComparison.OrdinalIgnoreCase)));
}
