using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class UnitConversionTests
{
    private static readonly Units American = new(TemperatureUnit.Fahrenheit, PressureUnit.InchOfMercury);

    [Theory]
    [InlineData(0, 32)]
    [InlineData(100, 212)]
    [InlineData(-40, -40)]
    [InlineData(37, 98.6)]
    [InlineData(2.5, 36.5)]
    public void ToShown_Celsius_IsFahrenheit(double celsius, double fahrenheit) =>
        Assert.Equal(fahrenheit, UnitConversion.ToShown("°C", celsius, American));

    [Theory]
    [InlineData(10, 18)]
    [InlineData(0.5, 0.9)]
    [InlineData(0, 0)]
    public void DifferenceToShown_Celsius_HasNoOffset(double celsius, double fahrenheit) =>
        Assert.Equal(fahrenheit, UnitConversion.DifferenceToShown("°C", celsius, American));

    [Fact]
    public void ToShown_StandardAtmosphere_IsInInches() => Assert.Equal(29.921, UnitConversion.ToShown("hPa", 1013.25, American), 3);

    [Theory]
    [InlineData("%")]
    [InlineData("Pa")]
    [InlineData("kPa")]
    [InlineData("")]
    public void ToShown_UnitWithoutChoice_StaysAsItIs(string unit) =>
        Assert.Equal((unit, 12.3), (UnitConversion.ShownUnit(unit, American), UnitConversion.ToShown(unit, 12.3, American)));

    /// <summary>A limit that was typed is shown as it was typed.</summary>
    [Theory]
    [InlineData("°C", 40)]
    [InlineData("°C", 46.4)]
    [InlineData("°C", -94.1)]
    [InlineData("hPa", 29.92)]
    [InlineData("%", 12.3)]
    public void ToStored_ShownAgain_IsWhatWasTyped(string unit, double typed)
    {
        Assert.Equal(typed, UnitConversion.ToShown(unit, UnitConversion.ToStored(unit, typed, American), American));
        Assert.Equal(typed, UnitConversion.DifferenceToShown(unit, UnitConversion.DifferenceToStored(unit, typed, American), American));
    }

    [Fact]
    public void ToStored_OfARoundValue_IsRoundToo() => Assert.Equal(
        (8, 0.5), (UnitConversion.ToStored("°C", 46.4, American), UnitConversion.DifferenceToStored("°C", 0.9, American)));

    [Fact]
    public void ToShown_VendorsUnits_ChangesNothing() => Assert.Equal(21.37, UnitConversion.ToShown("°C", 21.37, Units.Vendor));
}
