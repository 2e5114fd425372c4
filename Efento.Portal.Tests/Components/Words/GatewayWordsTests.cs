using Efento.Portal.Components.Words;
using Efento.Portal.Devices;

namespace Efento.Portal.Tests.Components.Words;

public sealed class GatewayWordsTests
{
    private const long Limit = 64 * 1024 * 1024;

    [Theory]
    [InlineData(null, "–")]
    [InlineData("FULLY_CHARGED", "Mains, battery full")]
    [InlineData("fully charged", "Mains, battery full")]
    [InlineData("CHARGING", "Mains, charging")]
    [InlineData("Unplugged", "On battery")]
    [InlineData("solar", "solar")]
    public void Power_AsSent_IsInWordsOrAsItIs(string? sent, string expected) => Assert.Equal(expected, GatewayWords.Power(sent));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(59L, "59 s")]
    [InlineData(180L, "3 min")]
    [InlineData(7_200L, "2 h")]
    [InlineData(7_260L, "2 h 1 min")]
    [InlineData(90_000L, "1 d 1 h")]
    public void Span_InSeconds_HasItsTwoLargestUnits(long? seconds, string expected) => Assert.Equal(expected, GatewayWords.Span(seconds));

    [Theory]
    [InlineData(500, "500 bytes")]
    [InlineData(20_000, "19 kB")]
    [InlineData(70 * 1024 * 1024, "70 MB")]
    public void Size_InBytes_IsShort(long bytes, string expected) => Assert.Equal(expected, GatewayWords.Size(bytes));

    [Fact]
    public void Stuck_LimitTooLow_SaysBothAndWhatToDo()
    {
        var text = GatewayWords.Stuck(new StuckMessage(70 * 1024 * 1024, default), Limit);

        Assert.Contains("70 MB, limit 64 MB", text);
        Assert.Contains("Portal:Ingest:MaxBodyBytes", text);
    }

    [Theory]
    [InlineData(2 * Limit)]
    [InlineData(Limit / 2)]
    public void Stuck_UnderASharedToken_SaysThatItIsOneOfThem(long bytes) =>
        Assert.Contains("ne of the gateways with this token", GatewayWords.Stuck(new StuckMessage(bytes, default, IsOfToken: true), Limit));

    [Fact]
    public void Stuck_LimitRaised_SaysThatItIsAwaited() =>
        Assert.StartsWith("Was stuck", GatewayWords.Stuck(new StuckMessage(Limit / 2, default), Limit), StringComparison.Ordinal);
}
