using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Efento.Portal.Ingest;

/// <summary>Writes what <c>/health/live</c> and <c>/health/ready</c> answer: <c>{"status":"…","reasons":[…]}</c>.</summary>
internal static class HealthReply
{
    /// <summary>Under this name a check gives its reasons one by one.</summary>
    public const string Reasons = "reasons";

    // It is read by people and monitors, not put into HTML: quotes shall stay legible.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new Reply(report.Status.ToString(), [.. report.Entries.Values.SelectMany(ReasonsOf)]), Json);

    /// <summary>Writes what is known without a report.</summary>
    public static Task WriteAsync(HttpContext context, string status, params string[] reasons) =>
        context.Response.WriteAsJsonAsync(new Reply(status, reasons), Json);

    private static IEnumerable<string> ReasonsOf(HealthReportEntry entry) =>
        entry.Data.TryGetValue(Reasons, out var reasons) ? (string[])reasons
        : entry.Description is { } description && entry.Status is not HealthStatus.Healthy ? [description]
        : [];

    private sealed record Reply(string Status, string[] Reasons);
}
