namespace Efento.Portal.Measurements;

/// <summary>
/// Converts the vendor's units, in which everything is stored, to the user's units. A temperature and a difference of two temperatures are
/// converted differently: 10 °C is 50 °F, but 10 °C more is 18 °F more.
/// </summary>
internal static class UnitConversion
{
    /// <summary>Pascals of an inch of mercury at 0 °C. Source: NIST SP 811, appendix B.8 ("inch of mercury, conventional").</summary>
    private const double HectopascalsOfAnInch = 33.863_89;

    /// <summary>The unit in which values are shown; the vendor's unit if there is no choice.</summary>
    /// <param name="unit">The vendor's unit.</param>
    /// <param name="units">The user's units.</param>
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

    /// <summary>A difference of two values, in the vendor's unit, in the unit of <see cref="ShownUnit"/>.</summary>
    public static double DifferenceToShown(string unit, double difference, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => Tidy(difference * 9 / 5),
        "inHg" => Tidy(difference / HectopascalsOfAnInch),
        _ => difference,
    };

    /// <summary>A value in the unit of <see cref="ShownUnit"/> in the vendor's unit. Shown again, it is what was typed.</summary>
    public static double ToStored(string unit, double shown, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => Precise((shown - 32) * 5 / 9),
        "inHg" => Precise(shown * HectopascalsOfAnInch),
        _ => shown,
    };

    /// <summary>A difference of two values in the unit of <see cref="ShownUnit"/> in the vendor's unit.</summary>
    public static double DifferenceToStored(string unit, double difference, Units units) => ShownUnit(unit, units) switch
    {
        "°F" => Precise(difference * 5 / 9),
        "inHg" => Precise(difference * HectopascalsOfAnInch),
        _ => difference,
    };

    /// <summary>The decimals that a shown value needs to be as precise as the stored one.</summary>
    /// <param name="unit">The vendor's unit.</param>
    /// <param name="decimals">Digits in the vendor's unit.</param>
    /// <param name="units">The user's units.</param>
    public static int ShownDecimals(string unit, int decimals, Units units) => ShownUnit(unit, units) is "inHg" ? decimals + 1 : decimals;

    // Binary fractions add digits far behind the last one. Rounding removes them: 41.5 stays 41.5.
    private static double Tidy(double value) => Math.Round(value, 9);

    // More digits than Tidy leaves, so that 40 °F stays 40 °F on the way back.
    private static double Precise(double value) => Math.Round(value, 12);
}
