using System.Text.Json;

namespace Efento.Portal.Tests.Support;

/// <summary>Reads JSON the portal gives to its own machine.</summary>
internal static class PortalJson
{
    /// <summary>The JSON at a path.</summary>
    public static async Task<JsonElement> GetJsonAsync(this PortalUnderTest portal, string path)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }
}
