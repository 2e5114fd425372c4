namespace Efento.Portal.Measurements;

/// <summary>
/// From the vendor's units, in which everything is stored, to those somebody reads in, and back. A temperature and a difference between two
/// are converted differently: 10 °C is 50 °F, 10 °C more is 18 °F more.
/// </summary>
public static class UnitConversion
{
    /// <summary>Pascals of an inch of mercury at 0 °C. Source: NIST SP 811, appendix B.8 ("inch of mercury, conventional").</summary>
    private const double HectopascalsOfAnInch = 33.863_89;

    /// <summary>The unit a type's values are shown in; the vendor's where there is no choice.</summary>
    /// <param name="unit">The vendor's unit.</param>
    /// <param name="units">What somebody reads in.</param>
    public static string ShownUnit(string unit, Units units) => unit switch
    {
        "°C" when units.Temperature is TemperatureUnit.Fahrenheit => "°F",
        "hPa" when units.Pressure is PressureUnit.InchOfMercury => "inHg",
        _ => unit,
    };

    /// <summary>A stored value in the unit of <see cref="ShownUnit"/>.</summary>
    public static double ToShown(string unit, double value, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => Tidy((value * 9 / 5) + 32),
        "inHg" => Tidy(value / HectopascalsOfAnInch),
        _ => value,
    };

    /// <summary>What was typed in the unit of <see cref="ShownUnit"/>, as it is stored. <see cref="ToShown"/> gives it back as it was typed.</summary>
    public static double FromShown(string unit, double shown, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => (shown - 32) * 5 / 9,
        "inHg" => shown * HectopascalsOfAnInch,
        _ => shown,
    };

    /// <summary>A stored difference of two values, such as a hysteresis, in the unit of <see cref="ShownUnit"/>.</summary>
    public static double DifferenceToShown(string unit, double difference, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => Tidy(difference * 9 / 5),
        "inHg" => Tidy(difference / HectopascalsOfAnInch),
        _ => difference,
    };

    /// <summary>A difference typed in the unit of <see cref="ShownUnit"/>, as it is stored.</summary>
    public static double DifferenceFromShown(string unit, double shown, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => shown * 5 / 9,
        "inHg" => shown * HectopascalsOfAnInch,
        _ => shown,
    };

    /// <summary>Digits after the point that a shown value needs to be as fine as the stored one.</summary>
    /// <param name="unit">The vendor's unit.</param>
    /// <param name="decimals">Digits in the vendor's unit.</param>
    /// <param name="units">What somebody reads in.</param>
    public static int ShownDecimals(string unit, int decimals, Units units) => ShownUnit(unit, units) is "inHg" ? decimals + 1 : decimals;

    // What binary fractions add far behind the last digit anybody types is not shown: 41.5 stays 41.5.
    private static double Tidy(double value) => Math.Round(value, 9);
}
