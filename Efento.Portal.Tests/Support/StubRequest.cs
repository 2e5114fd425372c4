using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Tests.Support;

/// <summary>What a gateway sent to the <see cref="StubPortal"/>.</summary>
public sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Whether it came in at the heartbeat route.</summary>
    public bool IsHeartbeat => Path.EndsWith("/heartbeat", StringComparison.Ordinal);

    /// <summary>The body's records.</summary>
    public IReadOnlyList<JsonElement> Records =>
        [.. JsonDocument.Parse(Body).RootElement.GetProperty("measurements").EnumerateArray()];

    /// <summary>The handles of the records, in their order.</summary>
    public IReadOnlyList<long> Handles => [.. Records.Select(r => r.GetProperty("response_handle").GetInt64())];

    /// <summary>Serial and time of the records, in their order.</summary>
    public IReadOnlyList<(string Serial, string MeasuredAt)> Keys =>
        [.. Records.Select(r => (r.GetProperty("serial").GetString()!, r.GetProperty("measured_at").GetString()!))];

    internal static async Task<StubRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new StubRequest(request.Method, request.Path, headers, await reader.ReadToEndAsync());
    }
}
