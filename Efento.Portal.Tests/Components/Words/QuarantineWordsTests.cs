using Efento.Portal.Components.Words;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Components.Words;

public sealed class QuarantineWordsTests
{
    [Fact]
    public void Reason_Each_HasWordsOfItsOwn()
    {
        var words = Enum.GetValues<RejectReason>().Select(QuarantineWords.Reason).ToList();

        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.All(words, text => Assert.Contains(' ', text));
    }

    [Theory]
    [InlineData("en", 1, "once")]
    [InlineData("en", 28_736, "28,736 times")]
    [InlineData("pl", 1, "raz")]
    [InlineData("pl", 28_736, "28\u00A0736 razy")]
    public void Times_OfEachLanguage_SetThousandsApart(string language, long count, string expected)
    {
        Languages.Use(language);

        Assert.Equal(expected, QuarantineWords.Times(count));
    }

    [Theory]
    [InlineData(1, 1, "1 item discarded.")]
    [InlineData(3, 3, "3 items discarded.")]
    [InlineData(0, 1, "Not done: somebody else read it again, changed or discarded it meanwhile.")]
    [InlineData(2, 3, "2 items discarded; 1 item not: somebody else read, changed or discarded it meanwhile.")]
    public void Discarded_SomeMissed_SaysSo(int discarded, int wanted, string expected) =>
        Assert.Equal(expected, QuarantineWords.Discarded(discarded, wanted));

    [Fact]
    public void ReadAgain_Mixed_CountsEach() => Assert.Equal(
        "2 items read; 1 item still can't be used and stays. Readings: 5 new, 1 known already.",
        QuarantineWords.ReadAgain([new(ReadAgainVerdict.Read, 2), new(ReadAgainVerdict.Read, 3, 1), new(ReadAgainVerdict.Rejected)]));
}
