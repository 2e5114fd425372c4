namespace Efento.Portal.Measurements;

/// <summary>The unit in which temperatures are shown. They are stored in °C, the vendor's unit.</summary>
public enum TemperatureUnit : byte
{
    /// <summary>°C.</summary>
    Celsius,

    /// <summary>°F.</summary>
    Fahrenheit,
}

/// <summary>The unit in which air pressure is shown. It is stored in hPa, the vendor's unit.</summary>
public enum PressureUnit : byte
{
    /// <summary>hPa.</summary>
    Hectopascal,

    /// <summary>inHg, the inch of mercury at 0 °C.</summary>
    InchOfMercury,
}

/// <summary>The units of a user, for quantities with a choice.</summary>
/// <param name="Temperature">The unit of temperatures.</param>
/// <param name="Pressure">The unit of air pressure.</param>
public readonly record struct Units(TemperatureUnit Temperature, PressureUnit Pressure)
{
    /// <summary>The vendor's own units: those of the database, the read API and CSV files.</summary>
    public static Units Vendor => default;
}
