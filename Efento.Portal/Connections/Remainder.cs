using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Efento.Portal.Connections;

/// <summary>Reads and drops the rest of a request's body after the answer, within limits.</summary>
/// <param name="MostBytes">The most bytes that are read.</param>
/// <param name="Longest">The longest time for reading.</param>
internal sealed record Remainder(long MostBytes, TimeSpan Longest)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>A sender that pauses longer is waiting for the answer, or is gone.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The limits for an authenticated sender, whose link may be weak.</summary>
    public static Remainder OfKnown { get; } = new(128 * 1024 * 1024, TimeSpan.FromMinutes(15));

    /// <summary>The limits for any other sender.</summary>
    public static Remainder OfUnknownSender { get; } = new(16 * 1024 * 1024, TimeSpan.FromSeconds(30));

    /// <summary>Reads the rest and drops it.</summary>
    public static async Task DropAsync(HttpContext context, Remainder bounds, TimeProvider time)
    {
        // A sender that used "Expect: 100-continue" has its answer and sends no body.
        if (context.Request.Headers.Expect.Count > 0)
        {
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using var patience = new CancellationTokenSource(LongestPause, time);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var begun = time.GetTimestamp();
            var left = bounds.MostBytes;
            while (left > 0 && time.GetElapsedTime(begun) < bounds.Longest)
            {
                patience.CancelAfter(LongestPause);
                var read = await context.Request.Body.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return;
                }

                left -= read;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The request is already answered, and this data was to be dropped anyway.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
