using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Access;

public sealed class AccessWordsTests
{
    public static TheoryData<string> Spoken => [.. Languages.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Spoken))]
    public void Of_EveryKind_IsASentenceOfTheLanguageSpoken(string language)
    {
        Languages.Use(language);

        var said = Enum.GetValues<AccessFaultKind>().Select(kind => AccessWords.Of(new AccessFault(kind, "X-Site", 3)))
            .Concat(Enum.GetValues<ChainFaultKind>().Select(kind => AccessWords.Of(new ChainFault(kind, 3, 4, "guard"))))
            .ToList();

        Assert.All(said, words => Assert.EndsWith(".", words, StringComparison.Ordinal));
        Assert.Equal(said.Count, said.Distinct().Count());
    }

    [Fact]
    public void Of_AKindThatIsNone_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AccessWords.Of(new AccessFault((AccessFaultKind)byte.MaxValue)));
}
