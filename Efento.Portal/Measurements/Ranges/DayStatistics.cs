namespace Efento.Portal.Measurements.Ranges;

/// <summary>A day of a channel in figures.</summary>
/// <param name="Day">The day on the calendar of the zone asked for; 23 to 25 hours long (<see cref="RangeStatistics.Length"/>).</param>
/// <param name="Channel">The loggers' channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Statistics">The figures.</param>
public sealed record DayStatistics(DateOnly Day, byte Channel, MeasurementType Type, RangeStatistics Statistics);
