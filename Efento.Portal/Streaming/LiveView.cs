using Efento.Portal.Measurements;
using Efento.Portal.Texts;
using Microsoft.AspNetCore.WebUtilities;

namespace Efento.Portal.Streaming;

/// <summary>The language and units of a wall board. A client that connects with them also receives tiles.</summary>
/// <param name="Language">The code of the language.</param>
/// <param name="Units">The units.</param>
internal sealed record LiveView(string Language, Units Units)
{
    private const string Tiles = "tiles";
    private const string Temperature = "temperature";
    private const string Pressure = "pressure";

    /// <summary>Reads the view from a query; null if the client asks for no tiles.</summary>
    public static LiveView? Of(IQueryCollection query) =>
        !query.ContainsKey(Tiles) ? null : new(
            Languages.Find(query[Tiles]).Code, new Units(Parse<TemperatureUnit>(query[Temperature]), Parse<PressureUnit>(query[Pressure])));

    /// <summary>The address of the hub with this view.</summary>
    public string Address(string hub) => QueryHelpers.AddQueryString(
        hub, new Dictionary<string, string?>
        {
            [Tiles] = Language,
            [Temperature] = Units.Temperature.ToString(),
            [Pressure] = Units.Pressure.ToString(),
        });

    private static T Parse<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, out var value) && Enum.IsDefined(value) ? value : default;
}
