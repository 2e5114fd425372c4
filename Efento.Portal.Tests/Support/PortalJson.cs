using System.Text.Json;

namespace Efento.Portal.Tests.Support;

/// <summary>JSON of the portal's own routes.</summary>
public static class PortalJson
{
    /// <summary>What a route answers to an administrator.</summary>
    public static async Task<JsonElement> GetJsonAsync(this PortalUnderTest portal, string path)
    {
        using var admin = await PeopleClient.SignedInAsync(portal);
        using var answer = await admin.GetAsync(path);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    }
}
