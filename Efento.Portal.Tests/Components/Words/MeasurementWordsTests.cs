using System.Globalization;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Components.Words;

public sealed class MeasurementWordsTests
{
    public static TheoryData<string> KnownTypes => [.. MeasurementTypes.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(KnownTypes))]
    public void Label_KnownType_IsNotItsWireName(string name) =>
        Assert.NotEqual(name, MeasurementWords.Label(MeasurementTypes.Get(name)));

    public static TheoryData<string> BinaryTypes =>
        [.. MeasurementTypes.All.Where(t => t.Kind is MeasurementKind.Binary).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(BinaryTypes))]
    public void State_OfABinaryType_HasAWordInPolish(string name)
    {
        var type = MeasurementTypes.Get(name);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.NotEqual(type.ZeroWord, MeasurementWords.State(type, isOne: false));
        Assert.NotEqual(type.OneWord, MeasurementWords.State(type, isOne: true));
    }

    [Fact]
    public void Label_UnknownType_IsWhatTheLoggerSaid() =>
        Assert.Equal("Sun_Spots", MeasurementWords.Label(MeasurementTypes.Get("Sun_Spots")));

    [Fact]
    public void Labels_TwoOfOneName_HaveTheirChannel() =>
        Assert.Equal(
            ["Temperature 1", "Humidity", "Temperature 4"],
            MeasurementWords.Labels([(1, Type("temperature")), (2, Type("humidity")), (4, Type("temperature"))]));

    [Theory]
    [InlineData("co2", 0)]
    [InlineData("temperature", 1)]
    [InlineData("h2s_gas", 2)]
    [InlineData("current_precise", 3)]
    [InlineData("something_new", 2)]
    public void Decimals_OfAType_AreThoseOfItsResolution(string type, int expected) =>
        Assert.Equal(expected, MeasurementWords.Decimals(Type(type), Units.Vendor));

    private static MeasurementType Type(string name) => MeasurementTypes.Get(name);
}
