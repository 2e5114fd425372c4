namespace Efento.Portal.Measurements;

/// <summary>A reading with the series it belongs to.</summary>
/// <param name="Channel">The logger's channel, 1–255.</param>
/// <param name="Type">What is measured, with its unit.</param>
/// <param name="Reading">The reading.</param>
public readonly record struct SeriesReading(byte Channel, MeasurementType Type, Reading Reading);
