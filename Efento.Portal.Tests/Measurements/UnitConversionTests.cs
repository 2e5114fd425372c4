using CsCheck;
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
    public void ToShown_Celsius_IsFahrenheit(double celsius, double fahrenheit) => Assert.Equal(fahrenheit, UnitConversion.ToShown("°C", celsius, American));

    [Theory]
    [InlineData(10, 18)]
    [InlineData(0.5, 0.9)]
    [InlineData(0, 0)]
    public void DifferenceToShown_Celsius_HasNoOffset(double celsius, double fahrenheit)
    {
        Assert.Equal(fahrenheit, UnitConversion.DifferenceToShown("°C", celsius, American));
        Assert.Equal(celsius, UnitConversion.DifferenceFromShown("°C", fahrenheit, American), 9);
    }

    [Fact]
    public void ToShown_StandardAtmosphere_IsInInches() => Assert.Equal(29.921, UnitConversion.ToShown("hPa", 1013.25, American), 3);

    [Theory]
    [InlineData("%")]
    [InlineData("Pa")]
    [InlineData("kPa")]
    [InlineData("")]
    public void ToShown_UnitWithoutChoice_StaysAsItIs(string unit) =>
        Assert.Equal((unit, 12.3), (UnitConversion.ShownUnit(unit, American), UnitConversion.ToShown(unit, 12.3, American)));

    [Fact]
    public void ToShown_VendorsUnits_ChangesNothing() => Assert.Equal(21.37, UnitConversion.ToShown("°C", 21.37, Units.Vendor));

    [Fact]
    public void FromShown_WhateverIsTyped_ComesBackAsTyped() => Gen.Select(Gen.Int[-400_000, 2_000_000], Gen.Int[0, 3], Gen.Bool).Sample((digits, decimals, isTemperature) =>
    {
        var (value, unit) = (digits / Math.Pow(10, decimals), isTemperature ? "°C" : "hPa");

        Assert.Equal(value, UnitConversion.ToShown(unit, UnitConversion.FromShown(unit, value, American), American));
        Assert.Equal(value, UnitConversion.DifferenceToShown(unit, UnitConversion.DifferenceFromShown(unit, value, American), American));
    });
}
