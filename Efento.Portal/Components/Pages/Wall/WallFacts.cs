using System.Text.Encodings.Web;
using System.Text.Json;

namespace Efento.Portal.Components.Pages.Wall;

/// <summary>The data that the page passes to the script of the wall board (wwwroot-assets/src/wall/facts.ts).</summary>
/// <param name="Hub">The address of the hub, with the page's language and units.</param>
/// <param name="Version">The version of the portal that created the page.</param>
internal sealed record WallFacts(string Hub, string Version)
{
    // The attribute itself is encoded, so the JSON need not be.
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The data as JSON in the page.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Written);
}
