using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Efento.Portal.Components.Words;
using Efento.Portal.Tests.Support;
using MudBlazor;

namespace Efento.Portal.Tests.Texts;

public sealed partial class MudWordsTests
{
    /// <summary>What every field brings with it.</summary>
    private static readonly string[] OfFields = ["Converter", "MudFormComponent", "MudInput", "MudSelect", "MudDialog", "MudSnackbar"];

    [Fact]
    public void Texts_OfComponentsInUse_AreAllThere() => Assert.Empty(
        from text in Mud()
        where OfFields.Concat(ComponentsInUse()).Contains(text.Key.Split('_')[0])
        where MudBlazorText.Resources.GetString(text.Key, CultureInfo.GetCultureInfo("pl")) is null
        select text.Key);

    [Fact]
    public void Texts_InEnglish_AreMudBlazorsOwn() => Assert.Empty(
        TextPair.Of("MudBlazorText").Except(Mud()));

    [Fact]
    public void Close_InPolish_IsZamknij()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.Equal("Zamknij", new MudWords()["MudDialog_Close"].Value);
        Assert.True(new MudWords()["MudNothing_OfTheKind"].ResourceNotFound);
    }

    private static Dictionary<string, string> Mud() =>
        new ResourceManager(
            "MudBlazor.Resources.LanguageResource", typeof(MudLocalizer).Assembly).GetResourceSet(CultureInfo.InvariantCulture, true,
            false)!
            .Cast<DictionaryEntry>().ToDictionary(text => (string)text.Key, text => (string)text.Value!);

    private static IEnumerable<string> ComponentsInUse() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("Efento.Portal/Components"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Tags().Matches(File.ReadAllText(file)).Select(tag => tag.Groups[1].Value)).Distinct();

    [GeneratedRegex("<(Mud[A-Za-z]+)")]
    private static partial Regex Tags();
}
