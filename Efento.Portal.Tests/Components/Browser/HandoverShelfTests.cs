using Efento.Portal.Components.Browser;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Components.Browser;

/// <summary>What a prerendered page has shown is given once, soon, and to nobody else.</summary>
public sealed class HandoverShelfTests
{
    private static readonly HandoverOwner Anna = new("session anna", "gateways/1");
    private static readonly IReadOnlyDictionary<Type, IReadOnlyList<object?>> Shown =
        new Dictionary<Type, IReadOnlyList<object?>> { [typeof(AskingComponent)] = ["Ward 3"] };

    private readonly FakeTimeProvider _time = new(Some.Start);
    private readonly HandoverShelf _shelf;

    public HandoverShelfTests() => _shelf = new(_time);

    [Fact]
    public void Take_ItsOwner_GetsTheSameOnce()
    {
        var key = _shelf.Put(Anna, Shown);

        Assert.Same(Shown, _shelf.Take(key, Anna));
        Assert.Empty(_shelf.Take(key, Anna));
    }

    [Theory]
    [InlineData("session jan", "gateways/1")]
    [InlineData("session anna", "gateways/2")]
    public void Take_SomebodyElseOrElsewhere_GetsNothingAndLeavesNothing(string person, string page)
    {
        var key = _shelf.Put(Anna, Shown);

        Assert.Empty(_shelf.Take(key, new(person, page)));
        Assert.Equal(0, _shelf.Count);
    }

    [Fact]
    public void Put_NobodyComes_IsDropped()
    {
        _shelf.Put(Anna, Shown);

        _time.Advance(HandoverShelf.Longest);

        Assert.Equal(0, _shelf.Count);
    }

    [Fact]
    public void Put_Full_DropsTheOldest()
    {
        List<string> keys = [.. Enumerable.Range(0, HandoverShelf.Most + 1).Select(_ => _shelf.Put(Anna, Shown))];

        Assert.Equal(HandoverShelf.Most, _shelf.Count);
        Assert.Empty(_shelf.Take(keys[0], Anna));
        Assert.Same(Shown, _shelf.Take(keys[1], Anna));
    }
}
