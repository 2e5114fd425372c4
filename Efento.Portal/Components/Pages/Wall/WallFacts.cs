using System.Text.Encodings.Web;
using System.Text.Json;
using Efento.Portal.Components.Words;
using Efento.Portal.Measurements;

namespace Efento.Portal.Components.Pages.Wall;

/// <summary>What the wall-board's script has to know beside what the hub tells (wwwroot-assets/src/wall/facts.ts): names, units and words, in the page's language.</summary>
/// <param name="Hub">Where it connects.</param>
/// <param name="Version">The portal that made the page.</param>
/// <param name="Types">The types of measurement, by name.</param>
/// <param name="Remarks">What is said of a reading, by its status or flag; "error" is that there is no value.</param>
internal sealed record WallFacts(string Hub, string Version, IReadOnlyDictionary<string, WallType> Types, IReadOnlyDictionary<string, string> Remarks)
{
    // The attribute it stands in is encoded as such.
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The facts of a page.</summary>
    public static string Of(string hub, string version, Units units) => JsonSerializer.Serialize(
        new WallFacts(hub, version, MeasurementTypes.All.DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => WallType.Of(t, units)), RemarkWords()), Written);

    private static Dictionary<string, string> RemarkWords() => new()
    {
        ["error"] = MeasurementText.SensorError,
        ["NOT_STABILIZED"] = MeasurementText.NotStabilised,
        ["INCOMPLETE"] = MeasurementText.Incomplete,
        ["NOT_CALIBRATED"] = MeasurementText.NotCalibrated,
        ["UNKNOWN"] = MeasurementText.UnknownStatus,
        ["OUT_OF_RANGE"] = MeasurementText.OutOfRange,
        ["outOfRange"] = MeasurementText.OutOfRange,
    };
}

/// <summary>A type of measurement: shown = stored · factor + offset.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Unit">The unit it is shown in.</param>
/// <param name="Decimals">Digits after the point, at least.</param>
/// <param name="Factor">From the vendor's unit.</param>
/// <param name="Offset">From the vendor's unit, in that of the page.</param>
/// <param name="Zero">The word for 0 of a binary type; else null.</param>
/// <param name="One">The word for 1 of a binary type; else null.</param>
internal sealed record WallType(string Label, string Unit, int Decimals, double Factor, double Offset, string? Zero, string? One)
{
    /// <summary>A type in somebody's units.</summary>
    public static WallType Of(MeasurementType type, Units units)
    {
        var offset = UnitConversion.ToShown(type.Unit, 0, units);
        var isBinary = type.Kind is MeasurementKind.Binary;
        return new WallType(
            MeasurementWords.Label(type),
            MeasurementWords.Unit(type, units),
            MeasurementWords.Decimals(type, units),
            UnitConversion.ToShown(type.Unit, 1, units) - offset,
            offset,
            isBinary ? MeasurementWords.State(type, isOne: false) : null,
            isBinary ? MeasurementWords.State(type, isOne: true) : null);
    }
}
