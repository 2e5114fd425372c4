using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Writes the replies of <c>/health/live</c> and <c>/health/ready</c>: <c>{"status":"…","reasons":[…]}</c>.</summary>
internal static class HealthReply
{
    /// <summary>The key under which a health check lists its reasons.</summary>
    public const string Reasons = "reasons";

    // The reply is read by people and monitors and is never put into HTML, so quotes stay legible.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>Writes a report.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new Reply(report.Status.ToString(), [.. report.Entries.Values.SelectMany(ReasonsOf)]), Json);

    /// <summary>Writes a status without a report.</summary>
    public static Task WriteAsync(HttpContext context, string status, params string[] reasons) =>
        context.Response.WriteAsJsonAsync(new Reply(status, reasons), Json);

    private static IEnumerable<string> ReasonsOf(HealthReportEntry entry) =>
        entry.Data.TryGetValue(Reasons, out var reasons) ? (string[])reasons
        : entry.Description is { } description && entry.Status is not HealthStatus.Healthy ? [description]
        : [];

    private sealed record Reply(string Status, string[] Reasons);
}
