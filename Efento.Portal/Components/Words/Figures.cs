using System.Globalization;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Words;

/// <summary>How the figures of a rule or an alarm are shown and typed: in the user's unit. They are stored in the vendor's unit.</summary>
/// <param name="Unit">The vendor's unit; empty if there is none.</param>
/// <param name="IsDifference">Whether it is a difference of two values, such as a margin.</param>
/// <param name="Units">The user's units.</param>
public readonly record struct Figures(string Unit, bool IsDifference, Units Units)
{
    /// <summary>The unit of signal strengths.</summary>
    public const string Decibels = "dBm";

    /// <summary>The unit of shares, such as the charge of a battery.</summary>
    public const string Percent = "%";

    /// <summary>The unit in which figures are typed; empty if there is none.</summary>
    public string ShownUnit => MeasurementWords.Unit(Unit, Units);

    /// <summary>The figures of a measurement type.</summary>
    public static Figures Of(string? type, bool isDifference, Units units) =>
        new(type is null ? "" : MeasurementTypes.Get(type).Unit, isDifference, units);

    /// <summary>A stored figure as it is shown.</summary>
    public double ToShown(double stored) => IsDifference
        ? UnitConversion.DifferenceToShown(Unit, stored, Units)
        : UnitConversion.ToShown(Unit, stored, Units);

    /// <summary>A typed figure as it is stored.</summary>
    public double ToStored(double shown) => IsDifference
        ? UnitConversion.DifferenceToStored(Unit, shown, Units)
        : UnitConversion.ToStored(Unit, shown, Units);

    /// <summary>A stored figure with the unit.</summary>
    public string InWords(double stored) => Plain(ToShown(stored), ShownUnit);

    /// <summary>A figure with a unit.</summary>
    public static string Plain(double figure, string unit) =>
        $"{figure.ToString("0.###", CultureInfo.CurrentCulture).Replace('-', '−')}\u00a0{unit}".TrimEnd();
}
