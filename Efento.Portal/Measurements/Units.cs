namespace Efento.Portal.Measurements;

/// <summary>What temperatures are shown in. They are stored in °C, the vendor's unit.</summary>
public enum TemperatureUnit : byte
{
    /// <summary>°C.</summary>
    Celsius,

    /// <summary>°F.</summary>
    Fahrenheit,
}

/// <summary>What air pressure is shown in. It is stored in hPa, the vendor's unit.</summary>
public enum PressureUnit : byte
{
    /// <summary>hPa.</summary>
    Hectopascal,

    /// <summary>inHg, the inch of mercury at 0 °C.</summary>
    InchOfMercury,
}

/// <summary>The units somebody reads in, where there is a choice.</summary>
/// <param name="Temperature">Of temperatures.</param>
/// <param name="Pressure">Of air pressure.</param>
public readonly record struct Units(TemperatureUnit Temperature, PressureUnit Pressure)
{
    /// <summary>The vendor's own: what is stored, sent by the read API and written to CSV.</summary>
    public static Units Vendor => default;
}
