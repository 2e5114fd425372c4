using Efento.Portal.Components.Pages.Overview;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class OverviewViewTests
{
    [Fact]
    public void Address_AtFirst_IsEmpty() => Assert.Equal("", OverviewView.Of(null, null, null, null, null).Address());

    [Fact]
    public void Address_EverythingChosen_SaysIt() =>
        Assert.Equal(
            "?q=ward%202&state=late&sort=age&size=compact&folded=3.12",
            OverviewView.Of("ward 2", "late", "age", "compact", "12.3").Address());

    [Fact]
    public void Of_ItsOwnAddress_IsTheSame()
    {
        var view = new OverviewView("łódź & co", OverviewFilter.Remark, OverviewSort.Value, true, new HashSet<int> { 0, 7 });
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(view.Address());

        Assert.Equal(view, OverviewView.Of(query["q"], query["state"], query["sort"], query["size"], query["folded"]));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("3")]
    [InlineData("")]
    public void Of_WordsItDoesNotKnow_IsAsAtFirst(string word) =>
        Assert.Equal(OverviewView.Of(null, null, null, null, null), OverviewView.Of(null, word, word, word, "x.-1"));

    [Fact]
    public void Fold_Twice_IsUnfolded()
    {
        var view = OverviewView.Of(null, null, null, null, "4");

        Assert.Equal("?folded=4.9", view.Fold(9).Address());
        Assert.Equal("", view.Fold(4).Address());
    }
}
