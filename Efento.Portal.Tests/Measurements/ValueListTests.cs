using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class ValueListTests
{
    [Fact]
    public void Equals_SameItems_IsTrueAndTheHashToo()
    {
        ValueList<string> one = ["a", "b"];
        ValueList<string> other = ["a", "b"];

        Assert.True(one.Equals(other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Equals_OtherItemOrderOrLength_IsFalse()
    {
        ValueList<string> one = ["a", "b"];

        Assert.All<ValueList<string>>([["a", "c"], ["b", "a"], ["a"], []], other => Assert.False(one.Equals(other)));
    }
}
