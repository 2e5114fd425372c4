using System.Globalization;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Words;

public sealed class ShownReadingTests
{
    [Proves(ScreenRule.UnitAndZone)]
    [Theory]
    [InlineData("temperature", 4.0, "4.0")]
    [InlineData("temperature", -20.25, "−20.25")]
    [InlineData("temperature", -0.04, "−0.04")]
    [InlineData("co2", 1047.0, "1047")]
    [InlineData("elec_meter_acc", 1234567.0, "1\u202F234\u202F567")]
    [InlineData("open-close", 1.0, "Open")]
    [InlineData("flooding", 0.0, "Dry")]
    [InlineData("something_new", 0.12345, "0.123")]
    public void Value_OfAType_HasItsDigitsOrWord(string type, double value, string expected) =>
        Assert.Equal(expected, ShownReading.Value(MeasurementTypes.Get(type), value, Units.Vendor));

    [Theory]
    [InlineData("temperature", 21.9, "71.4 °F")]
    [InlineData("temperature", -20.25, "−4.45 °F")]
    [InlineData("temperature", 4.0, "39.2 °F")]
    [InlineData("pressure", 1013.2, "29.92 inHg")]
    [InlineData("humidity", 44.5, "44.5 %")]
    public void Value_InOtherUnits_HasNoMoreDigitsThanWereMeasured(string type, double value, string expected)
    {
        var (known, units) = (MeasurementTypes.Get(type), new Units(TemperatureUnit.Fahrenheit, PressureUnit.InchOfMercury));

        Assert.Equal(expected, $"{ShownReading.Value(known, value, units)} {ShownReading.Unit(known, value, units)}");
    }

    [Fact]
    public void Value_InPolish_HasADecimalCommaAndPolishWords()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pl-PL");

        Assert.Equal("−4,5", ShownReading.Value(MeasurementTypes.Get("temperature"), -4.5, Units.Vendor));
        Assert.Equal("Otwarte", ShownReading.Value(MeasurementTypes.Get("open-close"), 1, Units.Vendor));
    }

    [Fact]
    public void Value_BinaryOutsideItsStates_IsTheNumber() =>
        Assert.Equal("7", ShownReading.Value(MeasurementTypes.Get("open-close"), 7, Units.Vendor));

    [Fact]
    public void Value_Missing_IsADashWithoutUnit()
    {
        var type = MeasurementTypes.Get("temperature");

        Assert.Equal(("–", ""), (ShownReading.Value(type, null, Units.Vendor), ShownReading.Unit(type, null, Units.Vendor)));
    }

    [Theory]
    [InlineData(ReadingStatus.Valid, 4.0, ReadingFlags.None, null)]
    [InlineData(ReadingStatus.Valid, 8_388_557.0, ReadingFlags.ErrorCode, "sensor error")]
    [InlineData(ReadingStatus.Error, null, ReadingFlags.None, "sensor error")]
    [InlineData(ReadingStatus.NoValue, null, ReadingFlags.None, "sensor error")]
    [InlineData(ReadingStatus.Valid, null, ReadingFlags.None, "sensor error")]
    [InlineData(ReadingStatus.Incomplete, null, ReadingFlags.None, "sensor error")]
    [InlineData(ReadingStatus.OutOfRange, 4.0, ReadingFlags.None, "out of range")]
    [InlineData(ReadingStatus.Valid, 104.0, ReadingFlags.OutOfRange, "out of range")]
    [InlineData(ReadingStatus.NotCalibrated, 4.0, ReadingFlags.None, "not calibrated")]
    [InlineData(ReadingStatus.NotStabilized, 4.0, ReadingFlags.None, "not stabilised")]
    [InlineData(ReadingStatus.Incomplete, 4.0, ReadingFlags.None, "incomplete")]
    [InlineData(ReadingStatus.Unknown, 4.0, ReadingFlags.None, "unknown status")]
    public void Remark_OfStatusAndFlags_IsTheirWord(ReadingStatus status, double? value, ReadingFlags flags, string? expected) =>
        Assert.Equal(expected, ShownReading.Remark(new Reading(0, value, status, flags, 0)));

    [Fact]
    public void Remarks_ErrorCode_NamesTheCode() =>
        Assert.Equal(
            "sensor error, code 8388557", ShownReading.Remarks(new Reading(0, 8_388_557, ReadingStatus.Valid, ReadingFlags.ErrorCode, 0)));

    [Fact]
    public void Remarks_Several_AreAllTold() =>
        Assert.Equal(
            "not calibrated · out of range · logger's clock ahead",
            ShownReading.Remarks(new Reading(0, 104, ReadingStatus.NotCalibrated, ReadingFlags.OutOfRange | ReadingFlags.ClockAhead, 0)));

    [Fact]
    public void Remarks_OutOfRangeTwice_IsToldOnce() =>
        Assert.Equal("out of range", ShownReading.Remarks(new Reading(0, 104, ReadingStatus.OutOfRange, ReadingFlags.OutOfRange, 0)));
}
