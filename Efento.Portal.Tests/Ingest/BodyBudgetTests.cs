using Efento.Portal.Ingest;

namespace Efento.Portal.Tests.Ingest;

public sealed class BodyBudgetTests
{
    [Fact]
    public void Beyond_WithinTheBudget_IsNothing() => Assert.Empty(BodyBudget.Beyond([new(1, 1, 25), new(2, 2, 25)], 100));

    [Fact]
    public void Beyond_OneTokenOverItsShare_AreItsOldest() =>
        Assert.Equal([1, 3], BodyBudget.Beyond([new(1, 1, 10), new(2, 2, 20), new(3, 1, 10), new(4, 1, 15), new(5, 1, 10)], 100));

    [Fact]
    public void Beyond_AllTogetherOverTheBudget_AreTheOldestOfThoseWithMost()
    {
        // Six tokens with 20 each, and one with little.
        List<KeptSize> kept = [.. Enumerable.Range(0, 12).Select(i => new KeptSize(i, i % 6, 10)), new(12, 9, 5)];

        var beyond = BodyBudget.Beyond(kept, 100);

        Assert.Equal([0, 1, 2], beyond.Order());
    }
}
