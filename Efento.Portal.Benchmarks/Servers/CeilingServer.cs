using System.Globalization;
using System.Text.Json;

namespace Efento.Portal.Benchmarks.Servers;

/// <summary>
/// The ceiling: what a minimal API can take that does the least imaginable with a message. It deserialises with source-generated code,
/// touches every value, parses every timestamp by one fixed format and answers an empty 201. It checks nothing and keeps nothing.
/// </summary>
internal static class CeilingServer
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Serves on 127.0.0.1 until the process is ended.</summary>
    public static async Task RunAsync(int port, CancellationToken stopping)
    {
        await using var app = BareHost.Create(port);
        app.MapPost("/api/v4/measurements", async (HttpContext context) =>
        {
            var message = await ReadAsync(context);
            context.Response.StatusCode = double.IsNaN(Touch(message)) ? StatusCodes.Status400BadRequest : StatusCodes.Status201Created;
        });
        await ((IHost)app).RunAsync(stopping);
    }

    /// <summary>Deserialises the body straight from the request's pipe.</summary>
    public static async ValueTask<StrictMessage> ReadAsync(HttpContext context) =>
        await JsonSerializer.DeserializeAsync(context.Request.BodyReader, StrictJson.Default.StrictMessage, context.RequestAborted)
            ?? throw new BadHttpRequestException("The body is null.");

    /// <summary>A time in the one format.</summary>
    public static DateTime Time(string text) =>
        DateTime.ParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static double Touch(StrictMessage message)
    {
        var sum = 0d;
        foreach (var record in message.Measurements)
        {
            sum += Time(record.MeasuredAt).Ticks;
            sum += record.NextMeasurementAt is { } next ? Time(next).Ticks : 0;
            foreach (var param in record.Params)
            {
                sum += param.Value;
            }
        }

        return sum;
    }
}
